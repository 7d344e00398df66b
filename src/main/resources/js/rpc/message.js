// How values cross from one isolate to another: structured cloning (https://html.spec.whatwg.org/multipage/structured-data.html) in two halves, with an
// RpcMessage of Java in between, and what RPC adds to it: functions and targets go by stub; requests, responses, headers and streams by reference.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/
//
// A message is a list of items. A value is a string, or a code: its kind in the low bits, a number above them, and items after it. Objects are
// counted from 0 in the order in which they begin, on both sides, so that one that comes again is named by its number.

import { DOMException } from './errors.js';
import { ERRORS, THREW } from './rpc/codes.js';
import { rpc } from './rpc/host.js';
import { Reader } from './rpc/reader.js';
import { Writer } from './rpc/writer.js';

const { defineProperty } = Object;

// Calls `write(message)`; the message is let go if it fails.
function written(message, write) {
  try {
    write(message);
    return message;
  } catch (error) {
    message.release();
    throw error;
  }
}

// The arguments of a call, as a message.
export function argumentsMessage(args, keep) {
  return written(rpc.message(), (message) => {
    const { length } = args, writer = new Writer(message, keep);
    message.code(length);
    for (let i = 0; i < length; i++) writer.write(args[i]);
  });
}

export function readArguments(message) {
  const length = message.next(), args = [], reader = new Reader(message);
  for (let i = 0; i < length; i++) args[i] = reader.read();
  return args;
}

export function resultMessage(call, value, keep) {
  return written(rpc.reply(call), (message) => new Writer(message, keep).write(value));
}

// What goes of a thrown value: one that is no object is told in an error.
const thrown = (error) => (typeof error === 'object' && error !== null ? error : new ERRORS.Error(String(error)));

// The answer of a call that failed. What cannot be sent is told in words.
export function failureMessage(call, error, keep) {
  const failure = (value, wholeErrors = true) => written(rpc.reply(call), (message) => {
    message.code(THREW);
    new Writer(message, keep, wholeErrors).write(value);
  });
  const { describe, errorOf, isError } = load('errors');
  try {
    return failure(thrown(error));
  } catch {
    try {
      if (isError(error)) return failure(error, false);
    } catch {
      // Nor can its cause.
    }
    const { name, message } = describe(error);
    return failure(errorOf(name, message));
  }
}

// Of an event that has ended nothing goes that could be called or read later.
class Remains extends Writer {
  give() {
    throw new DOMException('It could not be cloned.', 'DataCloneError');
  }

  platform() {
    return false;
  }
}

// What an event threw in place of its response, in a message that `make()` gives; null where that cannot be sent.
export function faultMessage(make, error) {
  for (let whole = 1; whole >= 0; whole--) {
    try {
      const message = make();
      new Remains(message, undefined, whole === 1).write(thrown(error));
      return message;
    } catch {
      // The next one says less.
    }
  }
  return null;
}

export function readFault(message) {
  return markRemote(new Reader(message).read());
}

// Says of an error that it came from the other side.
export function markRemote(error) {
  if (typeof error === 'object' && error !== null) defineProperty(error, 'remote', { value: true, writable: true, enumerable: true, configurable: true });
  return error;
}

// The result of a call; throws what the callee threw.
export function readResult(message) {
  return new Reader(message).read();
}

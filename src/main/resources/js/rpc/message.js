// How values cross from one isolate to another: structured cloning (https://html.spec.whatwg.org/multipage/structured-data.html) in two halves, with an
// RpcMessage of Java in between, and what RPC adds to it: functions and targets go by stub; requests, responses, headers and streams by reference.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/
//
// A message is a list of items. A value is a string, or a code: its kind in the low bits, a number above them, and items after it. Objects are
// counted from 0 in the order in which they begin, on both sides, so that one that comes again is named by its number.

import { ERRORS, THREW } from './rpc/codes.js';
import { rpc } from './rpc/host.js';
import { Reader } from './rpc/reader.js';
import { Writer } from './rpc/writer.js';

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

// The answer of a call that failed. What is no object is told in an error, and what cannot be sent in words.
export function failureMessage(call, error, keep) {
  const failure = (value, wholeErrors = true) => written(rpc.reply(call), (message) => {
    message.code(THREW);
    new Writer(message, keep, wholeErrors).write(value);
  });
  const { describe, errorOf, isError } = load('errors');
  try {
    return failure(typeof error === 'object' && error !== null ? error : new ERRORS.Error(String(error)));
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

// The result of a call; throws what the callee threw.
export function readResult(message) {
  return new Reader(message).read();
}

// The numbers that a Buffer reads and writes: https://nodejs.org/api/buffer.html#bufreadbigint64beoffset and the following

import { coded, invalidArgType, outOfRange } from './nodejs/errors.js';

const { defineProperty } = Object;

function position(buffer, offset, size) {
  if (typeof offset !== 'number') throw invalidArgType('offset', 'of type number', offset);
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (buffer.length < size) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (offset < 0 || offset > buffer.length - size) throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
  return offset;
}

const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

function requireRange(value, least, most, range) {
  if (value < least || value > most) throw outOfRange('value', range, value);
}

function ranged(name, bits, signed) {
  const least = signed ? -(2 ** (bits - 1)) : 0, most = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const range = bits <= 16 ? `>= ${least} and <= ${most}` : signed ? `>= -(2 ** ${bits - 1}) and <= 2 ** ${bits - 1} - 1` : `>= 0 and <= 2 ** ${bits} - 1`;
  return (value) => {
    const number = +value;
    requireRange(number, least, most, range);
    return number;
  };
}

function rangedBig(signed) {
  const least = signed ? -(2n ** 63n) : 0n, most = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  const range = signed ? '>= -(2n ** 63n) and < 2n ** 63n' : '>= 0n and < 2n ** 64n';
  return (value) => {
    if (typeof value !== 'bigint') throw invalidArgType('value', 'of type bigint', value);
    requireRange(value, least, most, range);
    return value;
  };
}

// Name, size in bytes, DataView's name, what checks the value, and whether there are two byte orders.
const KINDS = [
  ['UInt8', 1, 'Uint8', ranged('UInt8', 8, false), false], ['Int8', 1, 'Int8', ranged('Int8', 8, true), false],
  ['UInt16', 2, 'Uint16', ranged('UInt16', 16, false), true], ['Int16', 2, 'Int16', ranged('Int16', 16, true), true],
  ['UInt32', 4, 'Uint32', ranged('UInt32', 32, false), true], ['Int32', 4, 'Int32', ranged('Int32', 32, true), true],
  ['BigUInt64', 8, 'BigUint64', rangedBig(false), true], ['BigInt64', 8, 'BigInt64', rangedBig(true), true],
  ['Float', 4, 'Float32', (value) => +value, true], ['Double', 8, 'Float64', (value) => +value, true],
];

function byteLength(value) {
  if (typeof value !== 'number') throw invalidArgType('byteLength', 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange('byteLength', 'an integer', value);
  if (value < 1 || value > 6) throw outOfRange('byteLength', '>= 1 and <= 6', value);
  return value;
}

function readBytes(buffer, offset, size, little, signed) {
  position(buffer, offset, byteLength(size));
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + buffer[little ? offset + size - 1 - i : offset + i];
  return signed && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

function writeBytes(buffer, value, offset, size, little, signed) {
  byteLength(size);
  let rest = ranged('', 8 * size, signed)(value);
  position(buffer, offset, size);
  if (rest < 0) rest += 2 ** (8 * size);
  for (let i = 0; i < size; i++) {
    buffer[little ? offset + i : offset + size - 1 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

function method(prototype, name, value) {
  defineProperty(prototype, name, { value, writable: true, enumerable: true, configurable: true });
  if (name.includes('UInt')) defineProperty(prototype, name.replace('UInt', 'Uint'), { value, writable: true, enumerable: true, configurable: true });
}

export function defineNumbers(prototype) {
  for (const [name, size, type, checked, ordered] of KINDS) {
    for (const order of ordered ? ['LE', 'BE'] : ['']) {
      const little = order === 'LE', get = DataView.prototype[`get${type}`], set = DataView.prototype[`set${type}`];
      method(prototype, `read${name}${order}`, function (offset = 0) {
        return get.call(view(this), position(this, offset, size), little);
      });
      method(prototype, `write${name}${order}`, function (value, offset = 0) {
        const number = checked(value);
        set.call(view(this), position(this, offset, size), number, little);
        return offset + size;
      });
    }
  }
  for (const order of ['LE', 'BE']) {
    for (const signed of [false, true]) {
      const name = `${signed ? 'Int' : 'UInt'}${order}`, little = order === 'LE';
      method(prototype, `read${name}`, function (offset, size) { return readBytes(this, offset, size, little, signed); });
      method(prototype, `write${name}`, function (value, offset, size) { return writeBytes(this, value, offset, size, little, signed); });
    }
  }
}

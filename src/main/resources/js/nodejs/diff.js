// The difference of two texts or lists of texts: https://nodejs.org/api/util.html#utildiffactual-expected, by E. W. Myers, "An O(ND) Difference Algorithm and
// Its Variations", 1986.

import { invalidArgType } from './nodejs/errors.js';

const SAME = 0, ONLY_ACTUAL = 1, ONLY_EXPECTED = -1;

function check(value, name) {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (typeof value[i] !== 'string') throw invalidArgType(`${name}[${i}]`, 'of type string', value[i]);
  } else if (typeof value !== 'string') {
    throw invalidArgType(name, 'of type string', value);
  }
}

// How far each diagonal k = x - y was come with 0, 1, 2, ... differences, until both ends are reached: lists of x for k = -d, -d + 2, ..., d.
function distances(actual, expected) {
  const rounds = [];
  for (let d = 0; ; d++) {
    const before = rounds[d - 1], reached = new Int32Array(d + 1);
    for (let j = 0; j <= d; j++) {
      const k = 2 * j - d;
      let x = d === 0 ? 0 : j === 0 || (j < d && before[j - 1] < before[j]) ? before[j] : before[j - 1] + 1;
      while (x < actual.length && x - k < expected.length && actual[x] === expected[x - k]) x++;
      reached[j] = x;
      if (x >= actual.length && x - k >= expected.length) {
        rounds.push(reached);
        return rounds;
      }
    }
    rounds.push(reached);
  }
}

export function diff(actual, expected) {
  if (actual === expected) return [];
  check(actual, 'actual');
  check(expected, 'expected');
  const rounds = distances(actual, expected), found = [];
  let x = actual.length, y = expected.length;
  for (let d = rounds.length - 1; d >= 0; d--) {
    const k = x - y, j = (k + d) / 2, before = rounds[d - 1];
    const down = j === 0 || (j < d && before[j - 1] < before[j]);
    const fromX = d === 0 ? 0 : down ? before[j] : before[j - 1], fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      found.push([SAME, actual[--x]]);
      y--;
    }
    if (d === 0) break;
    found.push(down ? [ONLY_EXPECTED, expected[--y]] : [ONLY_ACTUAL, actual[--x]]);
  }
  return found.reverse();
}

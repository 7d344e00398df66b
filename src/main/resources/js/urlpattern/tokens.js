// Pattern strings as tokens: https://urlpattern.spec.whatwg.org/#tokenizing

const NAME_START = /^[$_\p{ID_Start}]$/u;
const NAME_PART = /^[$_\u200c\u200d\p{ID_Continue}]$/u;

export const isNameCharacter = (character, first) => (first ? NAME_START : NAME_PART).test(character);
const isAscii = (character) => character <= '\x7f';

const SIMPLE = { __proto__: null, '*': 'asterisk', '+': 'other-modifier', '?': 'other-modifier', '{': 'open', '}': 'close' };

// [{ type, index, value }, ...], the last of type 'end'; indices count code points. What is no token is an 'invalid-char' where that is `lenient`.
export function tokenize(input, lenient) {
  const points = [...input], tokens = [], size = points.length;
  let index = 0;

  const add = (type, next, start, length = next - start) => {
    tokens.push({ type, index, value: points.slice(start, start + length).join('') });
    index = next;
  };
  const wrong = (next, start, reason) => {
    if (!lenient) throw new TypeError(`The pattern '${input}' is not valid: ${reason} at ${index}.`);
    add('invalid-char', next, start);
  };

  while (index < size) {
    const character = points[index];
    if (SIMPLE[character] !== undefined) {
      add(SIMPLE[character], index + 1, index);
    } else if (character === '\\') {
      if (index === size - 1) wrong(index + 1, index, 'a backslash escapes nothing');
      else add('escaped-char', index + 2, index + 1);
    } else if (character === ':') {
      let end = index + 1;
      while (end < size && isNameCharacter(points[end], end === index + 1)) end++;
      if (end === index + 1) wrong(end, index, 'a colon begins no name');
      else add('name', end, index + 1);
    } else if (character === '(') {
      const start = index + 1, end = endOfGroup(points, start);
      if (end === undefined) wrong(start, index, 'a group is no regular expression, or does not end,');
      else add('regexp', end, start, end - start - 1);
    } else {
      add('char', index + 1, index);
    }
  }
  add('end', index, index, 0);
  return tokens;
}

// Behind the parenthesis that ends a group; undefined where the group is not one.
function endOfGroup(points, start) {
  const last = points.length - 1;
  for (let at = start, depth = 1; at <= last; at++) {
    const character = points[at];
    if (!isAscii(character) || (at === start && character === '?')) return undefined;
    if (character === '\\') {
      if (at === last || !isAscii(points[++at])) return undefined;
    } else if (character === ')') {
      if (--depth === 0) return at === start ? undefined : at + 1;
    } else if (character === '(') {
      depth++;
      // A group within must be none that captures.
      if (points[at + 1] !== '?') return undefined;
    }
  }
  return undefined;
}

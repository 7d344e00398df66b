// Pattern strings as lists of parts, and parts as regular expressions and as pattern strings: https://urlpattern.spec.whatwg.org/#patterns

import { isNameCharacter, tokenize } from './urlpattern/tokens.js';

const FULL_WILDCARD = '.*';
const MODIFIERS = { __proto__: null, '?': '?', '*': '*', '+': '+' };

export const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');
const escapeRegExp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
const segmentWildcard = (options) => `[^${escapeRegExp(options.delimiter)}]+?`;

// https://urlpattern.spec.whatwg.org/#parse-a-pattern-string. A part is { type, value, modifier, name, prefix, suffix }.
function parseParts(input, options, canonicalize) {
  const tokens = tokenize(input, false), parts = [], names = new Set(), segment = segmentWildcard(options);
  let at = 0, pending = '', number = 0;

  const take = (type) => tokens[at].type === type ? tokens[at++] : undefined;
  const takeModifier = () => take('other-modifier') ?? take('asterisk');
  const takeMatcher = (name) => take('regexp') ?? (name === undefined ? take('asterisk') : undefined);
  const takeRequired = (type) => {
    if (take(type) === undefined) throw new TypeError(`The pattern '${input}' is not valid: there is '${tokens[at].value}' at ${tokens[at].index}.`);
  };
  const takeText = () => {
    let text = '';
    for (let token; (token = take('char') ?? take('escaped-char')) !== undefined;) text += token.value;
    return text;
  };
  const addPending = () => {
    if (pending === '') return;
    parts.push({ type: 'fixed-text', value: canonicalize(pending), modifier: '', name: '', prefix: '', suffix: '' });
    pending = '';
  };
  const add = (prefix, nameToken, matcher, suffix, modifierToken) => {
    const modifier = modifierToken === undefined ? '' : MODIFIERS[modifierToken.value];
    if (nameToken === undefined && matcher === undefined && modifier === '') {
      pending += prefix;
      return;
    }
    addPending();
    if (nameToken === undefined && matcher === undefined) {
      if (prefix !== '') parts.push({ type: 'fixed-text', value: canonicalize(prefix), modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let value = matcher === undefined ? segment : matcher.type === 'asterisk' ? FULL_WILDCARD : matcher.value, type = 'regexp';
    if (value === segment) [type, value] = ['segment-wildcard', ''];
    else if (value === FULL_WILDCARD) [type, value] = ['full-wildcard', ''];
    const name = nameToken !== undefined ? nameToken.value : `${number++}`;
    if (names.has(name)) throw new TypeError(`The pattern '${input}' is not valid: two groups are named '${name}'.`);
    names.add(name);
    parts.push({ type, value, modifier, name, prefix: canonicalize(prefix), suffix: canonicalize(suffix) });
  };

  while (at < tokens.length) {
    const character = take('char'), name = take('name'), matcher = takeMatcher(name);
    if (name !== undefined || matcher !== undefined) {
      let prefix = character?.value ?? '';
      if (prefix !== '' && prefix !== options.prefix) {
        pending += prefix;
        prefix = '';
      }
      addPending();
      add(prefix, name, matcher, '', takeModifier());
      continue;
    }
    const fixed = character ?? take('escaped-char');
    if (fixed !== undefined) {
      pending += fixed.value;
      continue;
    }
    if (take('open') !== undefined) {
      const prefix = takeText(), inner = take('name'), innerMatcher = takeMatcher(inner), suffix = takeText();
      takeRequired('close');
      add(prefix, inner, innerMatcher, suffix, takeModifier());
      continue;
    }
    addPending();
    takeRequired('end');
  }
  return parts;
}

// https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list
function regularExpression(parts, options) {
  let text = '^';
  for (const { type, value, modifier, prefix, suffix } of parts) {
    if (type === 'fixed-text') {
      text += modifier === '' ? escapeRegExp(value) : `(?:${escapeRegExp(value)})${modifier}`;
      continue;
    }
    const matcher = type === 'segment-wildcard' ? segmentWildcard(options) : type === 'full-wildcard' ? FULL_WILDCARD : value;
    const repeated = modifier === '*' || modifier === '+';
    if (prefix === '' && suffix === '') {
      text += repeated ? `((?:${matcher})${modifier})` : `(${matcher})${modifier}`;
    } else {
      const before = escapeRegExp(prefix), behind = escapeRegExp(suffix);
      text += repeated ? `(?:${before}((?:${matcher})(?:${behind}${before}(?:${matcher}))*)${behind})${modifier === '*' ? '?' : ''}`
        : `(?:${before}(${matcher})${behind})${modifier}`;
    }
  }
  return `${text}$`;
}

const isDigit = (character) => character >= '0' && character <= '9';

// Whether braces must keep a part apart from what stands beside it.
function needsBraces(part, previous, next, options) {
  const { type, modifier, name, prefix, suffix } = part;
  if (suffix !== '' || (prefix !== '' && prefix !== options.prefix)) return true;
  if (!isDigit(name[0]) && type === 'segment-wildcard' && modifier === '' && next !== undefined && next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed-text' ? isNameCharacter([...next.value][0], false) : isDigit(next.name[0])) return true;
  }
  return prefix === '' && options.prefix !== '' && previous?.type === 'fixed-text' && previous.value.endsWith(options.prefix);
}

// https://urlpattern.spec.whatwg.org/#generate-a-pattern-string
function patternString(parts, options) {
  let text = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i], previous = parts[i - 1], { type, value, modifier, name, prefix, suffix } = part;
    if (type === 'fixed-text') {
      text += modifier === '' ? escapePattern(value) : `{${escapePattern(value)}}${modifier}`;
      continue;
    }
    const named = !isDigit(name[0]), braces = needsBraces(part, previous, parts[i + 1], options);
    text += `${braces ? '{' : ''}${escapePattern(prefix)}${named ? `:${name}` : ''}`;
    if (type === 'regexp') {
      text += `(${value})`;
    } else if (type === 'segment-wildcard') {
      if (!named) text += `(${segmentWildcard(options)})`;
      else if (suffix !== '' && isNameCharacter([...suffix][0], false)) text += '\\';
    } else {
      const bare = !named && (previous === undefined || previous.type === 'fixed-text' || previous.modifier !== '' || braces || prefix !== '');
      text += bare ? '*' : `(${FULL_WILDCARD})`;
    }
    text += `${escapePattern(suffix)}${braces ? '}' : ''}${modifier}`;
  }
  return text;
}

// https://urlpattern.spec.whatwg.org/#component, compiled.
export class Component {
  #expression;
  #names;

  constructor(input, options, canonicalize) {
    const parts = parseParts(input, options, canonicalize);
    const source = regularExpression(parts, options);
    try {
      this.#expression = new RegExp(source, options.ignoreCase ? 'vi' : 'v');
    } catch (error) {
      throw new TypeError(`The pattern '${input}' is not valid: ${error.message}.`);
    }
    this.#names = parts.filter(({ type }) => type !== 'fixed-text').map(({ name }) => name);
    this.pattern = patternString(parts, options);
    this.hasRegExpGroups = parts.some(({ type }) => type === 'regexp');
  }

  test(text) {
    return this.#expression.test(text);
  }

  // https://urlpattern.spec.whatwg.org/#create-a-component-match-result, or null.
  match(text) {
    const found = this.#expression.exec(text);
    if (found === null) return null;
    const groups = {};
    for (let i = 0; i < this.#names.length; i++) groups[this.#names[i]] = found[i + 1];
    return { input: text, groups };
  }
}

// https://urlpattern.spec.whatwg.org/#options-header
export const DEFAULT = { delimiter: '', prefix: '', ignoreCase: false };
export const HOSTNAME = { delimiter: '.', prefix: '', ignoreCase: false };
export const PATHNAME = { delimiter: '/', prefix: '/', ignoreCase: false };

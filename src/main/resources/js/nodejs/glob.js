// Patterns of file names: https://nodejs.org/api/path.html#pathmatchesglobpath-pattern. In a part of a path * and ? stand for what is not hidden, [a-z] for one
// of these, +(a|b) and the like for some of them; ** as a part of its own stands for any number of parts; {a,b} and {1..3} for several patterns.

const LONGEST = 65536, MOST_PATTERNS = 10000;
const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

// What {1..9..2} and {a..e} stand for; undefined for anything else.
function sequence(text) {
  const found = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, first, last, firstLetter, lastLetter, by] = found, numbers = first !== undefined;
  const from = numbers ? Number(first) : firstLetter.charCodeAt(0), to = numbers ? Number(last) : lastLetter.charCodeAt(0);
  const step = Math.max(Math.abs(Number(by ?? 1)), 1), up = from <= to, all = [];
  const width = numbers && [first, last].some((text) => /^-?0\d/.test(text)) ? Math.max(first.length, last.length) : 0;
  for (let i = from; up ? i <= to : i >= to; i += up ? step : -step) {
    if (all.length >= MOST_PATTERNS) throw tooMany();
    all.push(numbers ? (i < 0 ? `-${`${-i}`.padStart(width - 1, '0')}` : `${i}`.padStart(width, '0')) : String.fromCharCode(i));
  }
  return all;
}

const tooMany = () => new RangeError(`The pattern stands for more than ${MOST_PATTERNS} patterns.`);

// Where the brace at `start` is closed, and what stands between the commas; undefined where it is not.
function alternatives(text, start) {
  const parts = [];
  for (let i = start + 1, depth = 0, from = i; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    } else if (text[i] === '}' && depth-- === 0) {
      parts.push(text.slice(from, i));
      return { parts, end: i + 1 };
    }
  }
  return undefined;
}

// The patterns that one with braces stands for.
function expand(text) {
  for (let i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
    const found = text[i - 1] === '$' ? undefined : alternatives(text, i);
    if (found === undefined) continue;
    const { parts, end } = found, middles = parts.length > 1 ? parts.flatMap(expand) : sequence(parts[0]);
    if (middles === undefined) continue;
    const ends = expand(text.slice(end));
    if (middles.length * ends.length > MOST_PATTERNS) throw tooMany();
    return middles.flatMap((middle) => ends.map((rest) => text.slice(0, i) + middle + rest));
  }
  return [text];
}

// Without empty parts, '.', and those that a '..' takes back.
function normalized(parts) {
  const kept = [parts[0]];
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i], before = kept[kept.length - 1], last = i === parts.length - 1;
    if ((part === '.' || part === '') && (!last || (kept.length === 1 && before === '.'))) continue;
    if (part === '..' && kept.length > 0 && before !== '' && before !== '.' && before !== '..' && before !== '**') kept.pop();
    else kept.push(part);
  }
  return kept.length === 0 ? [''] : kept;
}

// The end of a class [...] that begins at `start`, and its regular expression; undefined for none.
function classAt(text, start) {
  const not = text[start + 1] === '!' || text[start + 1] === '^', from = start + (not ? 2 : 1);
  const end = text.indexOf(']', from + 1);
  if (end < 0 || text.slice(from, end).includes('/')) return undefined;
  const members = text.slice(from, end).replace(/(.)-(.)|[^]/g, (whole, first, last) => {
    if (first === undefined) return escape(whole);
    return first <= last ? `${escape(first)}-${escape(last)}` : '';
  });
  return { end: end + 1, source: members === '' ? (not ? '[^/]' : '(?!)') : `(?!/)[${not ? '^' : ''}${members}]` };
}

// A part of a pattern as nodes: { source }, with `magic` where it is not just text, or { kind, choices } for +(a|b); `end` is where the group ends that it is in.
function parse(text, start, inGroup) {
  const choices = [[]];
  let i = start;
  while (i < text.length) {
    const c = text[i], nodes = choices[choices.length - 1];
    if (inGroup && c === ')') return { choices, end: i + 1 };
    if (inGroup && c === '|') {
      choices.push([]);
      i++;
      continue;
    }
    const group = '!?*+@'.includes(c) && text[i + 1] === '(' ? parse(text, i + 2, true) : undefined;
    const found = group === undefined && c === '[' ? classAt(text, i) : undefined;
    if (group !== undefined) {
      nodes.push({ kind: c, choices: group.choices, magic: true });
      i = group.end;
    } else if (found !== undefined) {
      nodes.push({ source: found.source, magic: true });
      i = found.end;
    } else if (c === '*') {
      while (text[i + 1] === '*' && text[i + 2] !== '(') i++;
      nodes.push({ source: '[^/]*?', magic: true });
      i++;
    } else {
      nodes.push(c === '?' ? { source: '[^/]', magic: true } : { source: escape(c), magic: false, text: c });
      i++;
    }
  }
  return inGroup ? undefined : { choices };
}

// The regular expression of nodes before `rest`.
function compile(nodes, rest) {
  let source = rest;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { kind, choices } = nodes[i];
    if (kind === undefined) source = nodes[i].source + source;
    else if (kind === '!') source = `(?!(?:${choices.map((choice) => compile(choice, '')).join('|')})${source}$)[^/]*?${source}`;
    else source = `(?:${choices.map((choice) => compile(choice, '')).join('|')})${kind === '@' ? '' : kind}${source}`;
  }
  return source;
}

const begins = (nodes, text) => nodes.length > 0 && nodes[0].text === text;

// A part of a pattern as a function that says what it matches.
function matcher(part) {
  const nodes = parse(part, 0, false).choices[0], [first] = nodes;
  if (nodes.every(({ magic }) => !magic)) return (text) => text === part;
  const visible = first.magic && !(first.kind !== undefined && first.kind !== '!' && first.choices.some((choice) => begins(choice, '.')));
  const ahead = (visible ? '(?!\\.)' : '(?!\\.{1,2}$)') + (first.source === '[^/]*?' ? '(?=[^])' : '');
  const pattern = new RegExp(`^${ahead}${compile(nodes, '')}$`);
  return (text) => pattern.test(text);
}

const ANY = Symbol('**');

function matchesParts(file, pattern) {
  const failed = new Set();
  const from = (i, j) => {
    if (j === pattern.length) return i === file.length || (i === file.length - 1 && file[i] === '');
    if (i === file.length) return false;
    if (pattern[j] !== ANY) return pattern[j](file[i]) && from(i + 1, j + 1);
    if (j === pattern.length - 1) return file.slice(i).every((part) => !part.startsWith('.'));
    const key = i * pattern.length + j;
    if (failed.has(key)) return false;
    for (let k = i; k < file.length; k++) {
      if (from(k, j + 1)) return true;
      if (file[k].startsWith('.')) break;
    }
    failed.add(key);
    return false;
  };
  return from(0, 0);
}

export function matchesGlob(path, pattern) {
  if (pattern.length > LONGEST) throw new TypeError('pattern is too long');
  const file = normalized(path.split(/\/+/));
  return expand(pattern.replaceAll('\\', '/')).some((each) => {
    if (each === '') return path === '';
    return matchesParts(file, normalized(each.split(/\/+/)).map((part) => (part === '**' ? ANY : matcher(part))));
  });
}

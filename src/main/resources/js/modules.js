// What a worker's modules get that are no ES modules, through the global `Symbol.for('skerry.module')`: nothing but what they may import anyway.

const { parse } = JSON;
const required = new Map();
const known = required.get.bind(required), remember = required.set.bind(required), forget = required.delete.bind(required);

function resolve(from, name) {
  const path = name.startsWith('.') ? [...from.split('/').slice(0, -1), ...name.split('/')] : name.split('/');
  const parts = [];
  for (const part of path) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

// The names a module may have that is required as this one.
const spellings = (path) => [path, `${path}.js`, `${path}.cjs`, `${path}.json`, `${path}/index.js`];

function platformName(name) {
  return name.startsWith('node:') || name.startsWith('cloudflare:') ? name.replace(':', '/') : `node/${name}`;
}

// https://nodejs.org/api/modules.html, for modules of the version that are no ES modules, and modules of the platform.
function require(from, name) {
  name = `${name}`;
  for (const path of spellings(resolve(from, name))) {
    const module = known(path);
    if (module !== undefined) return module.exports;
    const kind = host.kind(path);
    if (kind !== '' && kind !== 'SOURCE_MAP') return evaluate(path, kind).exports;
  }
  const module = builtin(name);
  if (module !== undefined) return module;
  throw new Error(`No such module "${name}".\n  imported from "${from}"`);
}

// A module of the platform as CommonJS has it: what it exports by default, if it does.
export function builtin(name) {
  const platform = platformName(`${name}`);
  if (!host.offers(platform)) return undefined;
  const exports = load(platform);
  return exports.default ?? exports;
}

function evaluate(path, kind) {
  const module = { id: path, filename: `/${path}`, loaded: false, exports: {} };
  remember(path, module);
  try {
    switch (kind) {
      case 'COMMON_JS':
        host.commonJs(path).call(module.exports, module.exports, (other) => require(path, other), module,
          `/${path}`, `/${path}`.slice(0, -1 - path.split('/').at(-1).length) || '/');
        break;
      case 'JSON': module.exports = parse(host.text(path)); break;
      case 'TEXT': module.exports = host.text(path); break;
      case 'DATA': module.exports = new ArrayBuffer(host.data(path)); break;
      case 'WASM': module.exports = compiled(path); break;
      default: throw new TypeError(`Module "${path}" cannot be required: it is an ES module; use import() instead.`);
    }
    module.loaded = true;
    return module;
  } catch (error) {
    forget(path);
    throw error;
  }
}

export const evaluateText = (text) => host.evaluate(text);
export const has = (name) => host.offers(platformName(`${name}`));

export function wasmPages() {
  return host.wasmPages();
}

// Whether the worker's version has a compatibility flag.
export function compatible(flag) {
  return host.compatible(flag);
}

export function compatibilityFlags() {
  return host.compatibilityFlags();
}

const compiled = (name) => load('webassembly').compiled(() => new ArrayBuffer(host.wasm(name)));

export function provide(kind, given) {
  const name = `${given}`;
  switch (kind) {
    case 'wasm': if (host.kind(name) === 'WASM') return compiled(name); break;
    case 'data': {
      const bytes = host.data(name);
      if (bytes !== null) return new ArrayBuffer(bytes);
      break;
    }
    case 'commonjs': return require('', name);
    case 'platform': if (host.offers(name)) return load(name); break;
    case 'using': return load('using');
  }
  throw new TypeError(`No such module "${name}".`);
}

// What a worker's modules get that are no ES modules, through the global `Symbol.for('skerry.module')`: nothing but what they may import anyway.

const required = new Map();

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
const spellings = (path) => [path, `${path}.js`, `${path}.cjs`];

function platformName(name) {
  return name.startsWith('node:') || name.startsWith('cloudflare:') ? name.replace(':', '/') : `node/${name}`;
}

// https://nodejs.org/api/modules.html, for CommonJS modules of the version, and modules of the platform.
function require(from, name) {
  for (const path of spellings(resolve(from, name))) {
    const known = required.get(path);
    if (known !== undefined) return known.exports;
    const body = host.commonJs(path);
    if (body !== null) {
      const module = { exports: {} };
      required.set(path, module);
      body.call(module.exports, module.exports, (other) => require(path, other), module);
      return module.exports;
    }
  }
  if (host.offers(platformName(name))) return load(platformName(name));
  throw new Error(`No such module "${name}".`);
}

export function provide(kind, name) {
  switch (kind) {
    case 'data': return new ArrayBuffer(host.data(name));
    case 'commonjs': return require('', name);
    case 'platform': if (host.offers(name)) return load(name);
  }
  throw new TypeError(`No such module "${name}".`);
}

// What the attempts see with. All of it is taken before an attempt can patch anything.

const { apply, construct, ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { defineProperty } = Object;
const { call } = Function.prototype;
const NativePromise = Promise;
const then = call.bind(Promise.prototype.then);
const hasIn = call.bind(Set.prototype.has), addTo = call.bind(Set.prototype.add), sizeOf = call.bind(getOwnPropertyDescriptor(Set.prototype, 'size').get);
const eachOf = call.bind(Map.prototype.forEach);
const text = String;
const later = setTimeout;
const isObject = (value) => typeof value === 'object' && value !== null || typeof value === 'function';
const append = (list, value) => defineProperty(list, list.length, { value, writable: true, enumerable: true, configurable: true });

let isHost;
export function useDetector(detector) {
  isHost = detector;
}

// Everything that can be reached from the roots, by property, prototype, getter, entry and result of a promise. `visit(value, path)`.
export async function walk(roots, visit, most = 60_000) {
  const seen = new Set(), queue = [];
  const add = (value, path) => {
    if (!isObject(value) || hasIn(seen, value) || sizeOf(seen) >= most) return;
    addTo(seen, value);
    append(queue, { value, path });
  };
  for (let i = 0; i < roots.length; i++) add(roots[i].value, roots[i].path);
  for (let i = 0; i < queue.length; i++) {
    const { value, path } = queue[i];
    visit(value, path);
    if (isHost(value)) continue;
    attempt(() => add(getPrototypeOf(value), `${path}.__proto__`));
    let keys = [];
    attempt(() => { keys = ownKeys(value); });
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k], name = `${path}.${text(key)}`;
      attempt(() => {
        const { value: held, get, set } = getOwnPropertyDescriptor(value, key);
        add(held, name);
        add(get, `${name}[get]`);
        add(set, `${name}[set]`);
      });
      attempt(() => add(value[key], name));
    }
    for (const name of ['caller', 'arguments', 'constructor']) attempt(() => add(value[name], `${path}.${name}`));
    attempt(() => eachOf(value, (item, key) => {
      add(key, `${path}<key>`);
      add(item, `${path}<value>`);
    }));
    attempt(() => then(value, (result) => add(result, `${path}<result>`), (error) => add(error, `${path}<error>`)));
    // What has settled gives its result; what has not would never be waited for.
    if (i === queue.length - 1) await new NativePromise((resolve) => later(resolve, 1));
  }
  return sizeOf(seen);
}

function attempt(step) {
  try {
    step();
  } catch {}
}

// The paths to what is of Java and can be reached from the roots.
export async function hostsIn(roots) {
  const found = [];
  await walk(roots, (value, path) => {
    if (isHost(value)) append(found, path);
  });
  return found;
}

// What attempts lay their hands on.
const recorded = [], known = new Set();
let recording = true;
export function record(value, path) {
  if (!recording || !isObject(value) || hasIn(known, value) || recorded.length >= 20_000) return;
  addTo(known, value);
  append(recorded, { value, path });
}

const undo = [];

// Replaces a function by one that records what passes through it and does the same.
export function tap(owner, key, name) {
  const before = getOwnPropertyDescriptor(owner, key);
  if (before === undefined || !before.configurable) return;
  const wrapped = (original, kind) => {
    const path = `${name}.${text(key)}${kind}`;
    return function (...args) {
      record(this, `${path} this`);
      for (let i = 0; i < args.length; i++) record(args[i], `${path} argument ${i}`);
      const result = new.target === undefined ? apply(original, this, args) : construct(original, args, new.target);
      record(result, `${path} result`);
      return result;
    };
  };
  const after = { configurable: true, enumerable: before.enumerable };
  if (typeof before.value === 'function') {
    if (key === 'constructor') return;
    const replacement = wrapped(before.value, '');
    attempt(() => { replacement.prototype = before.value.prototype; });
    const keys = ownKeys(before.value);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== 'prototype') attempt(() => defineProperty(replacement, keys[i], getOwnPropertyDescriptor(before.value, keys[i])));
    }
    after.value = replacement;
    after.writable = true;
  } else if (before.get !== undefined) {
    after.get = wrapped(before.get, '[get]');
    after.set = before.set && wrapped(before.set, '[set]');
  } else {
    return;
  }
  defineProperty(owner, key, after);
  append(undo, () => defineProperty(owner, key, before));
}

export function tapAll(owner, name) {
  const keys = ownKeys(owner);
  for (let i = 0; i < keys.length; i++) tap(owner, keys[i], name);
}

// Puts accessors on a prototype that see each object that has, or is given, such a property.
export function trap(owner, key, name) {
  if (getOwnPropertyDescriptor(owner, key) !== undefined) return;
  const hidden = Symbol();
  defineProperty(owner, key, {
    configurable: true,
    get() {
      record(this, `${name}.${key}[get]`);
      return isObject(this) ? this[hidden] : undefined;
    },
    set(value) {
      record(this, `${name}.${key}[set] this`);
      record(value, `${name}.${key}[set] value`);
      defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
    },
  });
  append(undo, () => { delete owner[key]; });
}

// Puts everything back, and says what was recorded.
export function stop() {
  recording = false;
  for (let i = undo.length - 1; i >= 0; i--) undo[i]();
  return recorded;
}

// Goes through what workers use, so that each of it passes the hands of an attempt.
export async function use(request, env, ctx) {
  const url = new URL('/a/../b?x=1&y=2', request.url);
  for (const [key, value] of new URLSearchParams(url.search)) url.searchParams.append(`${key}2`, value);
  const headers = new Headers([['a', 'b'], ['set-cookie', 'c=d']]);
  for (const pair of headers) record(pair, 'a header');
  headers.getSetCookie();
  await new Promise((resolve) => setTimeout(resolve, 1));
  queueMicrotask(() => {});
  await scheduler.wait(1);
  console.log('%s %o', 'text', { a: [1, new Map([[1, 2]]), new Error('x')] });
  const event = new CustomEvent('x', { detail: 1 }), target = new EventTarget();
  target.addEventListener('x', (fired) => record(fired, 'an event'), { once: true });
  target.dispatchEvent(event);
  const controller = new AbortController();
  AbortSignal.any([controller.signal, AbortSignal.timeout(1e6)]).addEventListener('abort', () => {});
  controller.abort();
  structuredClone({ a: [1, { b: new Map([[1, new Set([2])]]) }], c: new Uint8Array(3), d: new Date(0), e: /x/g });
  new TextDecoder().decode(new TextEncoder().encode('text'));
  btoa(atob('YWJj'));
  crypto.randomUUID();
  crypto.getRandomValues(new Uint8Array(4));
  await crypto.subtle.digest('SHA-256', new Uint8Array(4));
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt', 'decrypt']);
  await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, new Uint8Array(4));
  record(await crypto.subtle.exportKey('jwk', key), 'a key');
  await env.KV.put('key', 'value', { metadata: { a: 1 } });
  await env.KV.put('bytes', new Uint8Array([1, 2, 3]));
  record(await env.KV.getWithMetadata('key'), 'a KV value');
  await env.KV.get('bytes', 'arrayBuffer');
  await new Response(await env.KV.get('bytes', 'stream')).arrayBuffer();
  record(await env.KV.list(), 'a KV list');
  const response = await env.CALLEE.fetch('http://callee/', { method: 'POST', body: 'text' });
  record(response, 'a response');
  await response.clone().text();
  for await (const chunk of response.body) record(chunk, 'a chunk');
  const sent = new ReadableStream({ start(to) { to.enqueue(new Uint8Array([65])); to.close(); } });
  await (await env.CALLEE.fetch('http://callee/', { method: 'POST', body: sent })).json();
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  writer.write('x').then(() => writer.close());
  const [left, right] = readable.tee();
  await Promise.all([left.getReader().read(), right.getReader().read()]);
  const form = new FormData();
  form.append('file', new File(['text'], 'name.txt'));
  await (await new Response(form).formData()).get('file').arrayBuffer();
  await new Response(new Blob(['a', 'b']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text();
  const channel = new MessageChannel();
  await new Promise((resolve) => {
    channel.port2.onmessage = resolve;
    channel.port1.postMessage({ a: 1 });
  });
  channel.port1.close();
  await request.clone().text();
  ctx.waitUntil(Promise.resolve());
  performance.now();
}

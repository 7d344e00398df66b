// Takes what it can get, in the way that the variable HOG names.
const kept = [];
const hogs = {
  calm() { return 'no hog at all'; },
  loop() { for (;;); },
  'catch-all'() { for (;;) try { for (;;); } catch { continue; } },
  promises() { const again = () => { Promise.resolve().then(again); }; again(); return new Promise(() => {}); },
  regex() { return /^(?:(a+)\1?)+$/.test('a'.repeat(100) + 'b'); },
  bigint() { return 3n ** 100000000n; },
  strings() { for (let i = 0; ; i++) kept.push('x'.repeat(1e6) + i); },
  arrays() { for (let i = 0; ; i++) kept.push(new Array(1000).fill(i)); },
  logs() { for (let i = 0; ; i++) console.log('line', i); },
  timers() { for (;;) setTimeout(() => {}, 1e6); },
  async read(request) {
    let bytes = 0;
    for await (const piece of request.body) bytes += piece.length;
    return bytes;
  },
  write() {
    const piece = new Uint8Array(65536);
    let left = 16384;
    return new Response(new ReadableStream({ pull(to) { left-- > 0 ? to.enqueue(piece.slice()) : to.close(); } }));
  },
  'slow-reader'() { return hogs.write(); },
  echo(request) { return new Response(request.body); },
};

export default {
  async fetch(request, env) {
    const result = await hogs[env.HOG](request);
    return result instanceof Response ? result : new Response(String(result));
  },
};

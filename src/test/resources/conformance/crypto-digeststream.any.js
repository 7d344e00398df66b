// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

promise_test(async () => {
  const stream = new crypto.DigestStream('SHA-256');
  assert_true(stream instanceof WritableStream);
  const writer = stream.getWriter();
  writer.write(new Uint8Array([97]));
  writer.write(new Uint8Array([0, 98, 0]).subarray(1, 2));
  writer.write('c');
  await writer.close();
  assert_equals(hex(await stream.digest), ABC);
  assert_equals(stream.bytesWritten, 3n);
}, 'a DigestStream hashes everything written to it');

promise_test(async () => {
  const stream = new crypto.DigestStream({ name: 'md5' });
  await new Response('abc').body.pipeTo(stream);
  assert_equals(hex(await stream.digest), '900150983cd24fb0d6963f7d28e17f72');
}, 'a body can be piped into a DigestStream');

promise_test(async (t) => {
  const stream = new crypto.DigestStream('SHA-1');
  const reason = new Error('enough');
  await stream.abort(reason);
  await promise_rejects_exactly(t, reason, stream.digest);
}, 'the digest of an aborted DigestStream rejects with the reason');

promise_test(async (t) => {
  assert_throws_dom('NotSupportedError', () => new crypto.DigestStream('SHA-3'));
  const writer = new crypto.DigestStream('SHA-1').getWriter();
  await promise_rejects_js(t, TypeError, writer.write(12));
}, 'a DigestStream takes bytes and strings, and the digests that there are');

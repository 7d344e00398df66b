// flags: nodejs_compat
// Modules of Node that bundles import and workers cannot use, and those that are little more than a name
import fs from 'node:fs';
import http2 from 'node:http2';
import net, { Socket, isIP } from 'node:net';
import tls from 'node:tls';
import dns from 'node:dns';
import { spawn } from 'node:child_process';
import tty from 'node:tty';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import module_, { builtinModules, constants, createRequire, getSourceMapsSupport } from 'node:module';
import { performance as perf } from 'node:perf_hooks';
import sys from 'node:sys';
import util from 'node:util';
import OldReadable from '_stream_readable';
import { Readable } from 'node:stream';
import os from 'node:os';
import cluster, { SCHED_RR } from 'node:cluster';
import { REPL_MODE_SLOPPY, REPL_MODE_STRICT } from 'node:repl';
import { getCppHeapStatistics } from 'node:v8';
import 'node:readline';
import 'node:punycode';
import 'node:inspector';
import 'node:dgram';
import 'node:domain';
import 'node:constants';

for (const [name, f] of [['fs.watch', () => fs.watch('/a')], ['http2.connect', () => http2.connect('https://a')],
  ['net.createServer', () => net.createServer()], ['tls.createServer', () => tls.createServer()], ['dns.lookup', () => dns.lookup('a', () => {})],
  ['child_process.spawn', () => spawn('a')], ['vm.runInNewContext', () => vm.runInNewContext('1')]]) {
  test(() => {
    try {
      f();
    } catch (error) {
      assert_equals(error.code, 'ERR_METHOD_NOT_IMPLEMENTED');
      assert_regexp_match(error.message, new RegExp(`node:${name.replace(/^new /, '').split('.')[0]}.*${name.split('.').at(-1)}\\(\\)`));
      return;
    }
    assert_unreached('nothing was thrown');
  }, `${name}() says that it is missing`);
}

for (const [name, f, cure] of [['fs', () => fs.watchFile('/a'), 'modules'], ['net', () => net.createServer(), 'connect()'], ['http2', () => http2.createServer(), 'fetch()'],
  ['tls', () => tls.createServer(), 'connect()'], ['dns', () => dns.promises.resolve('a'), 'look names up'], ['vm', () => vm.runInNewContext('1'), 'bundle']]) {
  test(() => {
    let message = '';
    try { f(); } catch (error) { ({ message } = error); }
    assert_true(message.includes(`node:${name}`) && message.includes(cure), message);
  }, `node:${name} says what to use instead`);
}

test(() => {
  class Mine extends tls.Server {}
  assert_equals(typeof Mine, 'function');
  assert_equals(typeof fs.createReadStream, 'function');
  for (const name of ['__esModule', 'default', 'then', 'toJSON']) assert_equals(fs[name], undefined, name);
}, 'what is missing may be a base and be named, and the module is none of its own');

test(() => {
  const list = new net.BlockList();
  list.addSubnet('10.0.0.0', 8);
  list.addAddress('2001:db8::1', 'ipv6');
  list.addRange('192.168.0.5', '192.168.0.9');
  assert_true(list.check('10.255.1.2') && list.check('::ffff:10.1.1.1', 'ipv6') && list.check('2001:db8:0::1', 'ipv6') && list.check('192.168.0.9'));
  assert_false(list.check('11.0.0.0') || list.check('2001:db8::2', 'ipv6') || list.check('192.168.0.10') || list.check('x'));
  assert_equals(list.rules.join(), 'Range: IPv4 192.168.0.5-192.168.0.9,Address: IPv6 2001:db8::1,Subnet: IPv4 10.0.0.0/8');
  const address = new net.SocketAddress({ address: '::1', family: 'ipv6', port: 80 });
  assert_equals(JSON.stringify(address), '{"address":"::1","port":80,"family":"ipv6","flowlabel":0}');
  assert_throws_js(Error, () => new net.SocketAddress({ address: '::1' }));
}, 'net.BlockList and net.SocketAddress');

test(() => {
  assert_equals(isIP('127.0.0.1'), 4);
  assert_equals(isIP('::1'), 6);
  assert_equals(isIP('fe80::1%eth0'), 6);
  assert_equals(isIP('1.2.3'), 0);
  assert_equals(isIP('1.2.3.256'), 0);
  assert_equals(isIP('a::b::c'), 0);
  assert_true(net.isIPv4('1.1.1.1'));
  assert_false(tty.isatty(1));
  assert_true(isMainThread);
  assert_true(cluster.isPrimary && SCHED_RR === 2 && REPL_MODE_SLOPPY !== REPL_MODE_STRICT);
  assert_equals(typeof getCppHeapStatistics, 'function');
  assert_equals(os.type(), 'Linux');
}, 'what can be answered is');

test(() => {
  assert_equals(createRequire('/x.js')('node:util'), util);
  assert_equals(createRequire('/x.js')('events').name, 'EventEmitter');
  assert_true(builtinModules.includes('stream') && module_.isBuiltin('node:path') && !module_.isBuiltin('left-pad'));
  assert_equals(module_.enableCompileCache().status, constants.compileCacheStatus.DISABLED);
  assert_equals(typeof getSourceMapsSupport().enabled, 'boolean');
  assert_equals(perf, performance);
  assert_equals(sys.inspect, util.inspect);
  assert_equals(OldReadable, Readable);
}, 'module, perf_hooks, sys and the older names of streams');

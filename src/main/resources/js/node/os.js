// `node:os`: https://nodejs.org/api/os.html. A worker is told nothing of the machine.

import { dlopen, errno, priority, signals } from './nodejs/constants.js';

const EOL = '\n', devNull = '/dev/null', constants = Object.freeze({ UV_UDP_REUSEADDR: 4, dlopen, errno, priority, signals });
const arch = () => 'x64', availableParallelism = () => 1, cpus = () => [], endianness = () => 'LE', freemem = () => 0, getPriority = () => 0, homedir = () => '/tmp';
const hostname = () => 'localhost', loadavg = () => [0, 0, 0], machine = () => 'x86_64', networkInterfaces = () => ({}), platform = () => 'linux', release = () => '';
const setPriority = () => {}, tmpdir = () => '/tmp', totalmem = () => 0, type = () => 'Linux', uptime = () => 0, version = () => '';
const userInfo = () => ({ uid: -1, gid: -1, username: '', homedir: '/tmp', shell: null });
const os = { EOL, arch, availableParallelism, constants, cpus, devNull, endianness, freemem, getPriority, homedir, hostname, loadavg, machine, networkInterfaces, platform, release,
  setPriority, tmpdir, totalmem, type, uptime, userInfo, version };

export { os as default, EOL, arch, availableParallelism, constants, cpus, devNull, endianness, freemem, getPriority, homedir, hostname, loadavg, machine, networkInterfaces, platform,
  release, setPriority, tmpdir, totalmem, type, uptime, userInfo, version };

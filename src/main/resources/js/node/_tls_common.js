// `node:_tls_common`: the older name of a part of `node:tls`.

import { SecureContext, createSecureContext } from './node/tls.js';

const module = { SecureContext, createSecureContext };

export { module as default, SecureContext, createSecureContext };

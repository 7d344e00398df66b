// The global `Cloudflare`: which compatibility flags the worker has. https://developers.cloudflare.com/workers/configuration/compatibility-flags/

import { compatibilityFlags } from './modules.js';

const { defineProperty, freeze, setPrototypeOf } = Object;

export const Cloudflare = { compatibilityFlags: freeze(setPrototypeOf(JSON.parse(compatibilityFlags()), null)) };
defineProperty(Cloudflare, Symbol.toStringTag, { value: 'Cloudflare', configurable: true });

// `cloudflare:email`: https://developers.cloudflare.com/email-routing/email-workers/send-email-workers/. Nothing here sends or receives mail; a worker that
// makes messages only where it does can be deployed all the same.

import { require } from './webidl.js';

export class EmailMessage {
  constructor(from, to, raw) {
    require(arguments.length, 3, 'EmailMessage constructor');
    this.from = `${from}`;
    this.to = `${to}`;
    this.raw = raw;
  }
}

// One attempt an isolate: the path names it. The answer is what it reached, as JSON: an empty list if nothing.

import { attempts as others } from './attempts.js';
import { patches } from './patches.js';
import * as tools from './tools.js';

const { stringify } = JSON;
const Answer = Response;
const attempts = { ...others, ...patches };

export default {
  async fetch(request, env, ctx) {
    const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
    if (name === 'names') return new Answer(stringify(Object.keys(attempts)));
    const { DETECTOR: detector } = env;
    delete env.DETECTOR;
    tools.useDetector(detector.isHost);
    let result, threw;
    try {
      result = await attempts[name]({ request, env, ctx, detector, ...tools });
    } catch (error) {
      threw = error;
      tools.record(error, 'the error');
    }
    tools.record(result, 'the result');
    const recorded = tools.stop();
    const reached = await tools.hostsIn(recorded);
    return new Answer(stringify({
      reached,
      recorded: recorded.length,
      result: result === undefined ? null : describe(result),
      threw: threw === undefined ? null : describe(threw),
    }));
  },
};

function describe(value) {
  try {
    return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

// Asks the service AUTH first; what it refuses goes no further.
export default {
  async fetch(request, env) {
    const verdict = await env.AUTH.fetch(request);
    if (verdict.status !== 200) {
      return verdict;
    }
    return new Response(`${env.GREETING} from behind the gateway\n`);
  },
};

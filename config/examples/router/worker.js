// A part of the requests tries the next edition; where that fails and trying again does no harm, the current one answers.
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export default {
  async fetch(request, env) {
    if (Math.random() < env.CANARY_SHARE) {
      const answer = await env.CANARY.fetch(request.clone());
      if (answer.status < 500 || !REPEATABLE.has(request.method)) {
        return answer;
      }
    }
    return env.PRODUCTION.fetch(request);
  },
};

export default {
  async fetch(request, env) {
    const answer = await env.AUTH.fetch(request);
    return answer.status === 200 ? new Response("Hello from the gateway!") : answer;
  },
};

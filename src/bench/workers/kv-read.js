export default {
  async fetch(request, env) {
    return new Response(await env.KV.get("key0"));
  },
};

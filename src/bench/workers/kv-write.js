const value = "v".repeat(100);
export default {
  async fetch(request, env) {
    const n = request.url.endsWith("/seed") ? 0 : (Math.random() * 10000) | 0;
    await env.KV.put(`key${n}`, value);
    return new Response("stored");
  },
};

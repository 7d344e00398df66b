export default {
  async fetch(request, env) {
    const allowed = await env.ACCOUNTS.allowed(request.headers.get("x-custom-token"));
    return new Response(allowed ? "Hello from the gateway!" : "not allowed", { status: allowed ? 200 : 403 });
  },
};

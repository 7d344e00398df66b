// Says whether a request may pass: other services ask it through a binding.
export default {
  async fetch(request, env) {
    if (request.headers.get("x-custom-token") === env.SECRET_TOKEN) {
      return new Response("Request allowed");
    }
    return new Response("x-custom-token does not match, request not allowed", { status: 403 });
  },
};

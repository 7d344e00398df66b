export default {
  fetch(request, env) {
    if (request.headers.get("x-custom-token") === env.SECRET_TOKEN) {
      return new Response("Request allowed", { status: 200 });
    }
    return new Response("x-custom-token does not match, request not allowed", { status: 403 });
  },
};

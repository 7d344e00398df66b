// Tells which edition answered.
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    return Response.json({ edition: env.EDITION, path: pathname });
  },
};

// Adds up the numbers of a JSON body.
export default {
  async fetch(request) {
    if (request.method !== "POST") {
      return new Response("POST a body such as {\"numbers\": [1, 2, 3]}\n", { status: 405, headers: { allow: "POST" } });
    }
    try {
      const { numbers } = await request.json();
      return Response.json({ sum: numbers.reduce((a, b) => a + b, 0) });
    } catch (error) {
      return Response.json({ error: String(error) }, { status: 400 });
    }
  },
};

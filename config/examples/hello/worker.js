// The older format: a listener instead of an export, bindings as globals.
addEventListener("fetch", (event) => {
  event.respondWith(new Response(`${GREETING}, world\n`));
});

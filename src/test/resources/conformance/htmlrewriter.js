// What the scripts of HTMLRewriter share.

export const encoder = new TextEncoder();

// A response whose body comes in these pieces: strings or bytes.
export function pieces(...chunks) {
  return new Response(new ReadableStream({
    pull(controller) {
      if (chunks.length === 0) controller.close();
      else {
        const chunk = chunks.shift();
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      }
    },
  }));
}

export const rewrite = (html, selector, handlers) => new HTMLRewriter().on(selector, handlers).transform(new Response(html)).text();
export const element = (html, selector, handler) => rewrite(html, selector, { element: handler });

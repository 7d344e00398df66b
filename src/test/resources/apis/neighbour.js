import apis from './apis.js';
export default {
  async fetch(request, env) {
    const one = request.url.split('/')[3], broken = [];
    for (const name of one === '' ? Object.keys(apis) : [one]) {
      try { await apis[name](env); } catch (error) { broken.push(`${name}: ${error?.stack ?? error}`); }
    }
    return new Response(broken.join('\n') || 'fine');
  },
};

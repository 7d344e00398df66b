import { MethodNotAllowedError, NotFoundError, getAssetFromKV, mapRequestToAsset, serveSinglePageApp } from '@cloudflare/kv-asset-handler';

const ASSET_MANIFEST = { 'index.html': 'index.0a1b.html', 'app.js': 'app.2c3d.js', 'docs/index.html': 'docs/index.4e5f.html' };

export default {
  async fetch(request, env, ctx) {
    const options = {
      ASSET_NAMESPACE: env.ASSETS,
      ASSET_MANIFEST,
      cacheControl: { browserTTL: 60, edgeTTL: 120 },
      mapRequestToAsset: new URL(request.url).searchParams.has('spa') ? serveSinglePageApp : mapRequestToAsset,
    };
    try {
      return await getAssetFromKV({ request, waitUntil: (promise) => ctx.waitUntil(promise) }, options);
    } catch (error) {
      if (error instanceof NotFoundError) return new Response('no such asset', { status: 404 });
      if (error instanceof MethodNotAllowedError) return new Response('only GET and HEAD', { status: 405 });
      throw error;
    }
  },
};

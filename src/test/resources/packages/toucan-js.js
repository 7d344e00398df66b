import { Toucan, extraErrorDataIntegration, requestDataIntegration } from 'toucan-js';

export default {
  async fetch(request, env, ctx) {
    const sentry = new Toucan({
      dsn: 'https://key@sentry.example/42',
      context: ctx,
      request,
      release: '1.2.3',
      environment: 'test',
      requestDataOptions: { allowedHeaders: ['user-agent'], allowedSearchParams: /.*/ },
      integrations: [requestDataIntegration({ allowedHeaders: ['x-asked'], allowedSearchParams: /.*/ }), extraErrorDataIntegration()],
      transportOptions: { fetcher: (...args) => env.SENTRY.fetch(...args) },
    });
    sentry.setTag('area', 'packages');
    sentry.setUser({ id: '7' });
    sentry.addBreadcrumb({ message: 'before it went wrong', category: 'test' });
    try {
      (function guilty() { throw Object.assign(new RangeError('out of range'), { limit: 5 }); })();
    } catch (error) {
      return new Response(sentry.captureException(error), { status: 500 });
    }
  },
};

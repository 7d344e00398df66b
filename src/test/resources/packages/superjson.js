import superjson from 'superjson';

class Money {
  constructor(cents) {
    this.cents = cents;
  }
}
superjson.registerClass(Money, { identifier: 'Money' });

export default {
  async fetch(request) {
    if (request.method === 'POST') {
      const value = superjson.parse(await request.text());
      return Response.json({
        date: value.date instanceof Date && value.date.toISOString(),
        map: value.map instanceof Map && [...value.map],
        set: value.set instanceof Set && [...value.set],
        big: typeof value.big === 'bigint' && `${value.big}`,
        pattern: value.pattern instanceof RegExp && `${value.pattern}`,
        nothing: 'nothing' in value && value.nothing === undefined,
        nan: Number.isNaN(value.nan),
        minusZero: Object.is(value.minusZero, -0),
        url: value.url instanceof URL && value.url.href,
        error: value.error instanceof Error && value.error.message,
        money: value.money instanceof Money && value.money.cents,
        bytes: value.bytes instanceof Uint8Array && [...value.bytes],
        same: value.twin === value.other,
      });
    }
    const twin = { a: 1 };
    return new Response(superjson.stringify({
      date: new Date(Date.UTC(2020, 1, 2)), map: new Map([['a', new Set([1])]]).set('b', 2), set: new Set([1, 'x']), big: 12345678901234567890n,
      pattern: /a+/gi, nothing: undefined, nan: NaN, minusZero: -0, url: new URL('https://example.com/?q=1'), error: new Error('wrong'),
      money: new Money(5), bytes: new Uint8Array([1, 2, 255]), twin, other: twin,
    }));
  },
};

// For EscapesTest: says whether a value is of Java, which JavaScript itself cannot tell for sure; and gives one, to see that it is told.

const { getPrototypeOf } = Object;

export function bind(host) {
  // The methods of Java objects are no objects of Java to it, but unlike functions they have no prototype.
  const isHost = (value) => host.isHost(value) || typeof value === 'function' && getPrototypeOf(value) === null;
  const sample = { object: host, method: host.isHost };
  // As guest modules call host functions; `caught` sees what they would see.
  const calls = {
    plain: (how) => host.fail(how),
    caught: (how) => { try { return host.fail(how); } catch (error) { return { error }; } },
    async later(how) { await null; return host.fail(how); },
    *generated(how) { yield host.fail(how); },
    applied: (how) => host.fail(...[how]),
    taken: (how) => { const { fail } = host; return fail(how); },
    chained: (how) => host?.fail?.(how),
    inClass: (how) => new (class { value = host.fail(how); })(),
    number: (value) => host.number(value),
    excess: () => host.number(1, 2, 3),
    missing: () => host.nothing(),
    read: () => host.nothing.at.all,
    constructed: () => new host.number(1),
  };
  return { isHost, calls, get sample() { return sample; } };
}

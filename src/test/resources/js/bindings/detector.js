// For EscapesTest: says whether a value is of Java, which JavaScript itself cannot tell for sure; and gives one, to see that it is told.

const { getPrototypeOf } = Object;

export function bind(host) {
  // The methods of Java objects are no objects of Java to it, but unlike functions they have no prototype.
  const isHost = (value) => host.isHost(value) || typeof value === 'function' && getPrototypeOf(value) === null;
  const sample = { object: host, method: host.isHost };
  return { isHost, get sample() { return sample; } };
}

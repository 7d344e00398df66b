// Symbol.for and Symbol.keyFor (https://tc39.es/ecma262/#sec-symbol.for): the engine has one registry for all isolates and forgets nothing of it, so each isolate gets its own.

const symbols = new Map(), keys = new Map();
const { get, set } = Map.prototype, { apply } = Reflect;
const methods = {
  for(key) {
    key = `${key}`;
    let symbol = apply(get, symbols, [key]);
    if (symbol === undefined) {
      symbol = Symbol(key);
      apply(set, symbols, [key, symbol]);
      apply(set, keys, [symbol, key]);
    }
    return symbol;
  },

  keyFor(symbol) {
    if (typeof symbol !== 'symbol') throw new TypeError(`${typeof symbol} is not a symbol`);
    return apply(get, keys, [symbol]);
  },
};

for (const name of ['for', 'keyFor']) {
  Object.defineProperty(Symbol, name, { value: methods[name], writable: true, enumerable: false, configurable: true });
}

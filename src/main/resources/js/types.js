// What a value is, by its internal slots and not by what it says of itself. Also the base of node:util's `types`.

const { apply, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
const toText = Object.prototype.toString;
const functionText = Function.prototype.toString;

// A predicate: whether `method`, applied to the value, finds its internal slot.
function slot(method, ...args) {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    try {
      apply(method, value, args);
      return true;
    } catch {
      return false;
    }
  };
}

const typedArrayTag = getter(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

export const isMap = slot(getter(Map.prototype, 'size'));
export const isSet = slot(getter(Set.prototype, 'size'));
export const isWeakMap = slot(WeakMap.prototype.has, {});
export const isWeakSet = slot(WeakSet.prototype.has, {});
export const isDate = slot(Date.prototype.getTime);
export const isArrayBuffer = slot(getter(ArrayBuffer.prototype, 'byteLength'));
export const isDataView = slot(getter(DataView.prototype, 'buffer'));
export const isNumberObject = slot(Number.prototype.valueOf);
export const isStringObject = slot(String.prototype.valueOf);
export const isBooleanObject = slot(Boolean.prototype.valueOf);
export const isBigIntObject = slot(BigInt.prototype.valueOf);
export const isSymbolObject = slot(Symbol.prototype.valueOf);
const hasRegExpSource = slot(getter(RegExp.prototype, 'source'));
export const isRegExp = (value) => hasRegExpSource(value) && value !== RegExp.prototype;
export const isSharedArrayBuffer = globalThis.SharedArrayBuffer === undefined ? () => false
  : slot(getter(SharedArrayBuffer.prototype, 'byteLength'));

// 'Uint8Array' and its kin; undefined for anything else.
export const typedArrayKind = (value) => typeof value === 'object' && value !== null ? apply(typedArrayTag, value, []) : undefined;
export const isTypedArray = (value) => typedArrayKind(value) !== undefined;
export const isNativeError = (value) => Error.isError(value);
export const isPromise = (value) => typeof value === 'object' && value !== null && value instanceof Promise && tagOf(value) === 'Promise';
export const isArguments = (value) => tagOf(value) === 'Arguments';
export const isModuleNamespace = (value) => tagOf(value) === 'Module' && getPrototypeOf(value) === null;

// The class string: 'Map Iterator', 'Generator', 'AsyncFunction', ...
export function tagOf(value) {
  if (value === null || typeof value !== 'object' && typeof value !== 'function') return '';
  try {
    return apply(toText, value, []).slice('[object '.length, -1);
  } catch {
    return 'Object';
  }
}

// The text of a function; of classes it begins with `class`.
export const sourceOf = (value) => apply(functionText, value, []);
export const isClass = (value) => typeof value === 'function' && /^class[\s{]/.test(sourceOf(value));

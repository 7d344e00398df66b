// `node:util/types`: https://nodejs.org/api/util.html#utiltypes

import { isArguments, isArrayBuffer, isBigIntObject, isBooleanObject, isDataView, isDate, isMap, isModuleNamespace, isNativeError, isNumberObject, isPromise, isRegExp,
  isSet, isSharedArrayBuffer, isStringObject, isSymbolObject, isTypedArray, isWeakMap, isWeakSet, tagOf, typedArrayKind } from './types.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';

const kind = (name) => (value) => typedArrayKind(value) === name;
const tagged = (...tags) => (value) => tags.includes(tagOf(value));
const functionTag = (value) => typeof value === 'function' ? tagOf(value) : '';

const isArgumentsObject = isArguments, isModuleNamespaceObject = isModuleNamespace, isArrayBufferView = isView;
const isAsyncFunction = (value) => functionTag(value).startsWith('Async');
const isGeneratorFunction = (value) => functionTag(value).endsWith('GeneratorFunction');
const isGeneratorObject = tagged('Generator', 'AsyncGenerator');
const isMapIterator = tagged('Map Iterator'), isSetIterator = tagged('Set Iterator');
const isBoxedPrimitive = (value) => isNumberObject(value) || isStringObject(value) || isBooleanObject(value) || isBigIntObject(value) || isSymbolObject(value);
const isInt8Array = kind('Int8Array'), isUint8Array = kind('Uint8Array'), isUint8ClampedArray = kind('Uint8ClampedArray'), isInt16Array = kind('Int16Array');
const isUint16Array = kind('Uint16Array'), isInt32Array = kind('Int32Array'), isUint32Array = kind('Uint32Array'), isFloat16Array = kind('Float16Array');
const isFloat32Array = kind('Float32Array'), isFloat64Array = kind('Float64Array'), isBigInt64Array = kind('BigInt64Array'), isBigUint64Array = kind('BigUint64Array');
const isCryptoKey = (value) => value instanceof load('crypto/key').CryptoKey;
const isKeyObject = () => false, isProxy = () => false, isExternal = () => false;

const types = { isAnyArrayBuffer, isArgumentsObject, isArrayBuffer, isArrayBufferView, isAsyncFunction, isBigInt64Array, isBigIntObject, isBigUint64Array, isBooleanObject,
  isBoxedPrimitive, isCryptoKey, isDataView, isDate, isExternal, isFloat16Array, isFloat32Array, isFloat64Array, isGeneratorFunction, isGeneratorObject, isInt16Array,
  isInt32Array, isInt8Array, isKeyObject, isMap, isMapIterator, isModuleNamespaceObject, isNativeError, isNumberObject, isPromise, isProxy, isRegExp, isSet, isSetIterator,
  isSharedArrayBuffer, isStringObject, isSymbolObject, isTypedArray, isUint16Array, isUint32Array, isUint8Array, isUint8ClampedArray, isWeakMap, isWeakSet };

export { types, types as default, isAnyArrayBuffer, isArgumentsObject, isArrayBuffer, isArrayBufferView, isAsyncFunction, isBigInt64Array, isBigIntObject, isBigUint64Array,
  isBooleanObject, isBoxedPrimitive, isCryptoKey, isDataView, isDate, isExternal, isFloat16Array, isFloat32Array, isFloat64Array, isGeneratorFunction, isGeneratorObject,
  isInt16Array, isInt32Array, isInt8Array, isKeyObject, isMap, isMapIterator, isModuleNamespaceObject, isNativeError, isNumberObject, isPromise, isProxy, isRegExp, isSet,
  isSetIterator, isSharedArrayBuffer, isStringObject, isSymbolObject, isTypedArray, isUint16Array, isUint32Array, isUint8Array, isUint8ClampedArray, isWeakMap, isWeakSet };

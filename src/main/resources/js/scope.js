// The interfaces of the global object, which code asks for to find out where it runs: https://html.spec.whatwg.org/multipage/workers.html#workerglobalscope

const { defineProperty } = Object;

class WorkerGlobalScope {
  constructor() {
    throw new TypeError('Illegal constructor');
  }
}

class ServiceWorkerGlobalScope extends WorkerGlobalScope {}

for (const type of [WorkerGlobalScope, ServiceWorkerGlobalScope]) {
  defineProperty(type, Symbol.hasInstance, { value: (value) => value === globalThis });
  defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}

export { ServiceWorkerGlobalScope, WorkerGlobalScope };

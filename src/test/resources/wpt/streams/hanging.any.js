setup({ explicit_done: true });
test(() => {}, "before");
// done() is never called.

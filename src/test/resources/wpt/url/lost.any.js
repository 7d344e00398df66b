// META: script=resources/lost.js
test(() => {}, "not run");

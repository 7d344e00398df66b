test(() => {}, "before");
undefined.property; // a TypeError at the top of the file
test(() => {}, "after");

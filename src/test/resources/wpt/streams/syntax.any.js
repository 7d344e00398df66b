test(() => {}, "never");
let a = ;

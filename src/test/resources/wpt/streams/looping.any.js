test(() => { for (;;); }, "endless");

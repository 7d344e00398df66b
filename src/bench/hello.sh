# The least that a request can cost.
bench_hello() { compare hello; }

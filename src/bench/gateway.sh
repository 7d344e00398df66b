# A service binding: gateway asks auth about each request and then answers itself.
bench_gateway() { compare gateway -H 'x-custom-token: bench'; }

# A method call through a service binding: as the gateway, with a method in place of a request.
bench_rpc() { compare rpc -H 'x-custom-token: bench'; }

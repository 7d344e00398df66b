# What scripts/bench has workerd serve, each service on a socket of its name whose address the script
# gives; the same workers as skerry.yaml.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "hello", worker = (
      modules = [(name = "hello.js", esModule = embed "workers/hello.js")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "auth", worker = (
      modules = [(name = "auth.js", esModule = embed "workers/auth.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "SECRET_TOKEN", text = "bench")],
    )),
    (name = "gateway", worker = (
      modules = [(name = "gateway.js", esModule = embed "workers/gateway.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "AUTH", service = "auth")],
    )),
    (name = "accounts", worker = (
      modules = [(name = "accounts.js", esModule = embed "workers/accounts.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "SECRET_TOKEN", text = "bench")],
    )),
    (name = "rpc", worker = (
      modules = [(name = "rpc.js", esModule = embed "workers/rpc.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "ACCOUNTS", service = "accounts")],
    )),
  ],
  sockets = [
    (name = "hello", http = (), service = "hello"),
    (name = "gateway", http = (), service = "gateway"),
    (name = "rpc", http = (), service = "rpc"),
  ],
);

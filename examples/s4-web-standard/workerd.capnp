using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [ (
    name = "main",
    worker = (
      modules = [ ( name = "handler.js", esModule = embed "../../node_modules/.cache/s4/handler.js" ) ],
      compatibilityDate = "2026-01-01",
    ),
  ) ],
  sockets = [ ( name = "http", address = "127.0.0.1:8787", http = (), service = "main" ) ],
);

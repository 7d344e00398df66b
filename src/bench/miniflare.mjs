// Serves the KV workers with miniflare, told apart by the Host header: node miniflare.mjs MODULE PORT DATA
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, port, data] = process.argv.slice(2);
const { Miniflare } = await import(pathToFileURL(module));
const worker = (name) => ({
  name,
  modules: [{ type: "ESModule", path: `${name}.js`, contents: readFileSync(new URL(`workers/${name}.js`, import.meta.url), "utf8") }],
  compatibilityDate: "2026-01-01",
  kvNamespaces: { KV: "bench" },
  routes: [`${name}.localhost/*`],
});
await new Miniflare({ host: "127.0.0.1", port: Number(port), kvPersist: data, workers: [worker("kv-read"), worker("kv-write")] }).ready;

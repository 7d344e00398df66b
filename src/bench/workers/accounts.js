import { WorkerEntrypoint } from "cloudflare:workers";

export default class Accounts extends WorkerEntrypoint {
  allowed(token) {
    return token === this.env.SECRET_TOKEN;
  }
}

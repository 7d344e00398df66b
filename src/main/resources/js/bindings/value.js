// A variable, a secret, or the version's own data.
export function bind(host, config) {
  return config;
}

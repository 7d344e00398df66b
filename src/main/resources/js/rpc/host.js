// dev.skerry.runtime.RpcHost, for the modules beside this one.
export const rpc = host;

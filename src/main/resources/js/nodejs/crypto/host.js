// dev.skerry.webapi.crypto.NodeCryptoHost, for the modules beside this one.
export const native = host;

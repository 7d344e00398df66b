// `node:constants`: the constants of the operating system, of which a worker sees none.

const constants = {};

export { constants as default };

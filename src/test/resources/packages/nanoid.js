import { customAlphabet, nanoid, urlAlphabet } from 'nanoid';

export default {
  fetch() {
    const ids = Array.from({ length: 200 }, () => nanoid());
    const hex = customAlphabet('0123456789abcdef', 12);
    return Response.json({ ids, short: nanoid(5), hex: hex(), alphabet: [...urlAlphabet].sort().join('') });
  },
};

import * as uuid from 'uuid';

export default {
  fetch() {
    const made = { v1: uuid.v1(), v4: uuid.v4(), v6: uuid.v6(), v7: uuid.v7() };
    return Response.json({
      made,
      versions: Object.values(made).map((id) => uuid.version(id)),
      valid: Object.values(made).map((id) => uuid.validate(id)),
      v3: uuid.v3('www.example.com', uuid.v3.DNS),
      v5: uuid.v5('www.example.com', uuid.v5.DNS),
      v7: uuid.v7({ msecs: 0x017f22e279b0, seq: 0x32f3b, random: new Uint8Array(16) }).slice(0, 15),
      sorted: Array.from({ length: 50 }, () => uuid.v7()).every((id, i, all) => i === 0 || all[i - 1] < id),
      parsed: [...uuid.parse('00010203-0405-4607-8809-0a0b0c0d0e0f')],
      refused: uuid.validate('not-a-uuid'),
    });
  },
};

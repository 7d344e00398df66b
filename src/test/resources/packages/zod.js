import { z } from 'zod';

const Address = z.strictObject({ street: z.string().min(1), zip: z.string().regex(/^\d{5}$/) });
const User = z.object({
  name: z.string().trim().min(2).max(20),
  email: z.email(),
  age: z.coerce.number().int().positive().optional(),
  role: z.enum(['admin', 'reader']).default('reader'),
  address: Address,
  site: z.url().nullable(),
  tags: z.array(z.string()).max(3),
  born: z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`)),
}).refine((user) => user.role !== 'admin' || user.age >= 18, { message: 'an admin must be of age', path: ['role'] });

const Shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), radius: z.number() }),
  z.object({ kind: z.literal('square'), side: z.number() }),
]);
const Tree = z.object({ value: z.number(), get children() { return z.array(Tree); } });
const Free = z.string().refine(async (name) => { await scheduler.wait(1); return name !== 'taken'; }, 'is taken');

const paths = {
  '/user': (value) => User.safeParse(value),
  '/shape': (value) => Shape.safeParse(value),
  '/tree': (value) => Tree.safeParse(value),
  '/name': (value) => Free.safeParseAsync(value),
  '/record': (value) => z.record(z.string(), z.union([z.number(), z.boolean()])).safeParse(value),
};

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/schema') return Response.json(z.toJSONSchema(Address));
    const { success, data, error } = await paths[pathname](await request.json());
    return success ? Response.json(data) : Response.json({ tree: z.treeifyError(error), text: z.prettifyError(error) }, { status: 422 });
  },
};

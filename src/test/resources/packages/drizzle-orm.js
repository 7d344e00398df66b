import { and, asc, count, desc, eq, gt, inArray, like, relations, sql } from 'drizzle-orm';
import { drizzle as d1 } from 'drizzle-orm/d1';
import { drizzle as proxy } from 'drizzle-orm/sqlite-proxy';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const authors = sqliteTable('authors', { id: integer().primaryKey({ autoIncrement: true }), name: text().notNull() });
const books = sqliteTable('books', {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer('author_id').references(() => authors.id),
  printed: integer({ mode: 'timestamp' }),
  inPrint: integer('in_print', { mode: 'boolean' }).notNull().default(true),
  tags: text({ mode: 'json' }).$type(),
}, (table) => [index('by_author').on(table.authorId)]);
const shelves = sqliteTable('shelves', { room: text(), row: integer() }, (table) => [primaryKey({ columns: [table.room, table.row] })]);
const authorBooks = relations(authors, ({ many }) => ({ books: many(books) }));
const bookAuthor = relations(books, ({ one }) => ({ author: one(authors, { fields: [books.authorId], references: [authors.id] }) }));
const schema = { authors, books, shelves, authorBooks, bookAuthor };

async function ask(env, query) {
  const answer = await env.DATABASE.fetch('http://database/', { method: 'POST', body: JSON.stringify(query) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function oneByOne(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}

// A D1 database whose statements another worker answers.
class Statement {
  constructor(env, text, params = []) {
    Object.assign(this, { env, text, params });
  }

  bind(...params) {
    return new Statement(this.env, this.text, params);
  }

  async #rows() {
    return (await ask(this.env, { sql: this.text, params: this.params, method: 'd1' })).rows;
  }

  async all() {
    return { success: true, results: (await this.#rows()).map((row) => ({ ...row })), meta: {} };
  }

  async raw() {
    return this.#rows();
  }

  async run() {
    await this.#rows();
    return { success: true, results: [], meta: { changes: 1 } };
  }
}
const database = (env) => ({
  prepare: (text) => new Statement(env, text),
  batch: (statements) => oneByOne(statements, (statement) => statement.all()),
});

const routes = {
  async select(db) {
    return db.select({ title: books.title, author: authors.name }).from(books).leftJoin(authors, eq(books.authorId, authors.id))
      .where(and(gt(books.id, 1), like(books.title, 'E%'))).orderBy(desc(books.printed), asc(books.title)).limit(2).offset(1);
  },
  async types(db) {
    return db.select().from(books).where(inArray(books.id, [1, 2])).get();
  },
  async insert(db) {
    return db.insert(books).values({ id: 7, title: 'Emma', printed: new Date(86_400_000), tags: ['a', 'b'] })
      .onConflictDoUpdate({ target: books.id, set: { title: sql`excluded.title` } }).returning({ id: books.id });
  },
  async update(db) {
    return db.update(books).set({ title: 'Persuasion', inPrint: false }).where(eq(books.id, 7)).run();
  },
  async remove(db) {
    return db.delete(shelves).where(and(eq(shelves.room, 'a'), eq(shelves.row, 1))).run();
  },
  async grouped(db) {
    const total = count(books.id).as('total');
    return db.select({ author: books.authorId, total }).from(books).groupBy(books.authorId).having(({ total }) => gt(total, 1));
  },
  async related(db) {
    return db.query.authors.findMany({ where: eq(authors.id, 1), with: { books: { columns: { title: true } } } });
  },
  async prepared(db) {
    const byId = db.select({ name: authors.name }).from(authors).where(eq(authors.id, sql.placeholder('id'))).prepare();
    return [await byId.all({ id: 1 }), await byId.all({ id: 2 })];
  },
  async batch(db) {
    return db.batch([db.select({ name: authors.name }).from(authors), db.insert(authors).values({ name: "O'Brien" })]);
  },
  async subquery(db) {
    const recent = db.$with('recent').as(db.select({ id: books.id }).from(books).where(gt(books.printed, new Date(0))));
    return db.with(recent).select({ n: count() }).from(recent);
  },
  async broken(db) {
    try {
      await db.run(sql`syntax ${'error'}`);
    } catch (error) {
      return { message: error.message, cause: error.cause?.message };
    }
  },
};

export default {
  async fetch(request, env) {
    const [, driver, name] = new URL(request.url).pathname.split('/');
    const db = driver === 'd1'
      ? d1(database(env), { schema })
      : proxy(async (text, params, method) => ask(env, { sql: text, params, method }), (queries) => oneByOne(queries, (query) => ask(env, query)), { schema });
    return Response.json(await routes[name](db));
  },
};

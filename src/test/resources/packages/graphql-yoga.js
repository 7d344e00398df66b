import { GraphQLError } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';

const books = [{ id: '1', title: 'Emma', author: { name: 'Jane' } }, { id: '2', title: 'Faust', author: { name: 'Johann' } }];

const yoga = createYoga({
  graphqlEndpoint: '/graphql',
  landingPage: false,
  schema: createSchema({
    typeDefs: /* GraphQL */ `
      type Author { name: String! }
      type Book { id: ID!  title: String!  author: Author! }
      input NewBook { title: String!  author: String! }
      type Query { hello(name: String = "you"): String!  books(first: Int): [Book!]!  book(id: ID!): Book  fails: String }
      type Mutation { add(book: NewBook!): Book! }
      type Subscription { count(to: Int!): Int! }
    `,
    resolvers: {
      Query: {
        hello: (_, { name }, { env }) => `${env.GREETING}, ${name}`,
        books: async (_, { first }) => books.slice(0, first ?? undefined),
        book: (_, { id }) => books.find((book) => book.id === id) ?? null,
        fails: () => { throw new GraphQLError('it failed', { extensions: { code: 'FAILED' } }); },
      },
      Mutation: { add: (_, { book }) => ({ id: '3', title: book.title, author: { name: book.author } }) },
      Subscription: {
        count: {
          async* subscribe(_, { to }) {
            for (let i = 1; i <= to; i++) yield { count: i };
          },
        },
      },
    },
  }),
});

export default { fetch: (request, env, ctx) => yoga.fetch(request, { env, ctx }) };

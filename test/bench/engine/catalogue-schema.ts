/**
 * A library in five subgraphs, written in Federation 1 so that a gateway of Federation 1 can serve it as well; the
 * composer takes them into a Federation 2 supergraph.
 */
export const catalogueSchemas: Readonly<Record<string, string>> = {
  works: `
    extend type Query { works(first: Int!): [Work!]! work(id: ID!): Work }
    type Work @key(fields: "id") {
      id: ID! title: String! year: Int! pages: Int! subjects: [String!]! authors: [Author!]!
    }
    extend type Author @key(fields: "id") { id: ID! @external }
  `,
  authors: `
    extend type Query { author(id: ID!): Author }
    type Author @key(fields: "id") { id: ID! name: String! born: Int! country: String! }
  `,
  stock: `
    extend type Query { shelves: [String!]! }
    extend type Work @key(fields: "id") { id: ID! @external copies: Int! shelf: String! price: Int! }
  `,
  notes: `
    extend type Query { note(id: ID!): Note }
    type Note @key(fields: "id") { id: ID! stars: Int! text: String! reader: Reader! work: Work! }
    extend type Work @key(fields: "id") { id: ID! @external notes: [Note!]! }
    extend type Reader @key(fields: "id") { id: ID! @external notes: [Note!]! }
  `,
  readers: `
    extend type Query { readers(first: Int!): [Reader!]! }
    type Reader @key(fields: "id") { id: ID! name: String! town: String! since: Int! }
  `,
};

/** Works with what readers wrote of them, and readers with what they wrote, and what others wrote of the same works. */
export const WIDE = `query Wide {
  works(first: 12) {
    id title year pages subjects authors { name born country } copies shelf price
    notes { id stars text reader { name town } }
  }
  readers(first: 14) {
    id name town since
    notes {
      id stars text
      work { id title year copies price authors { name } notes { id stars text reader { name } } }
    }
  }
}`;

/** One field of one record. */
export const TINY = 'query Tiny($id: ID!) { work(id: $id) { title year } }';

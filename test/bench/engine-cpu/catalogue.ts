/** A catalogue over four services, of the shape that public gateway benchmarks ask: people, works, remarks, stock. */
const head = (names: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${names}])\n`;

/** SDL by service. */
export const catalogueSdl: Readonly<Record<string, string>> = {
  people: `${head('"@key"')}
    type Query { people: [Person!] }
    type Person @key(fields: "id") { id: ID! handle: String name: String born: Int }`,
  works: `${head('"@key"')}
    type Query { topWorks(first: Int = 5): [Work!] }
    type Work @key(fields: "code") { code: String! title: String price: Int weight: Int }`,
  stock: `${head('"@key", "@external", "@requires"')}
    type Work @key(fields: "code") { code: String! weight: Int @external price: Int @external
      inStock: Boolean shipping: Int @requires(fields: "price weight") }`,
  remarks: `${head('"@key"')}
    type Remark @key(fields: "id") { id: ID! text: String author: Person work: Work }
    type Person @key(fields: "id") { id: ID! remarks: [Remark!] }
    type Work @key(fields: "code") { code: String! remarks: [Remark!] }`,
};

/** Sizes that make the answer some 80 kB. */
export const catalogueData = {
  sizes: { people: 7, topWorks: 5, remarks: 4 },
  pools: { Person: 12, Work: 16, Remark: 60 },
};

/** Several hops, each through lists, the same entities met on many ways. */
export const catalogueQuery = `
  fragment P on Person { id handle name }
  fragment R on Remark { id text }
  fragment W on Work { code title price weight inStock shipping }
  query Catalogue {
    people { ...P remarks { ...R work { ...W remarks { ...R author { ...P remarks { ...R work { ...W } } } } } } }
    topWorks(first: 5) { ...W remarks { ...R author { ...P remarks { ...R work { ...W } } } } }
  }`;

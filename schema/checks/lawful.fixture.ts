import { parse } from 'graphql';
import type { Subgraph } from './subgraph.ts';

/** What every subgraph of the fixture begins with. */
export const header = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@interfaceObject", "@composeDirective"])
  @link(url: "https://dinhdanh.vn/claim/v1.0", import: ["@claim", "@open"])
  @composeDirective(name: "@claim")
  @composeDirective(name: "@open")
directive @claim(id: String!, self: String! = "LEVEL_2", share: String!, class: String!, law: String) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
directive @open(reason: String!) on FIELD_DEFINITION
`;

const key = `"Key. Vi: Khóa." subject: ID! @inaccessible @open(reason: "hidden key")`;
const kind = '@claim(id: "kind", share: "ALLOWED", class: "BASIC")';
const person = '"A person. Vi: Người. Law: 1/2024."';

const files = {
  accounts: `${header}
    "What can be asked. Vi: Truy vấn."
    type Query { "The caller. Vi: Tôi." me: Account }
    "An account. Vi: Tài khoản. Law: 1/2024."
    type Account @key(fields: "subject") @claim(id: "account", share: "NEVER", class: "BASIC") {
      ${key}
      "Level. Vi: Mức độ." level: Int @claim(id: "account", share: "NEVER", class: "BASIC", law: "1/2024")
      "The person. Vi: Người." person: Person
    }
    ${person} interface Person @key(fields: "subject") ${kind} { ${key} }
    ${person} type Citizen implements Person @key(fields: "subject") ${kind} { ${key} }
  `,
  population: `${header}
    ${person} interface Person ${kind} {
      "Name. Vi: Tên." name: String @claim(id: "name", share: "ALLOWED", class: "BASIC", law: "1/2024")
    }
    ${person} type Citizen implements Person @key(fields: "subject") ${kind} {
      ${key}
      "Name. Vi: Tên." name: String @claim(id: "name", share: "ALLOWED", class: "BASIC", law: "1/2024")
    }
  `,
  vehicles: `${header}
    ${person} type Person @interfaceObject @key(fields: "subject") {
      ${key}
      "Vehicles. Vi: Xe." vehicles: [Vehicle!]
    }
    "A vehicle. Vi: Xe. Law: 1/2024."
    type Vehicle @claim(id: "vehicle", share: "ALLOWED", class: "BASIC") {
      "Plate. Vi: Biển số." plate: String @claim(id: "vehicle", share: "ALLOWED", class: "BASIC", law: "1/2024")
    }
  `,
};

/** The claim ids of the fixture. */
export const lawfulIds: ReadonlySet<string> = new Set(['kind', 'account', 'name', 'vehicle']);

/** Three small subgraphs that keep every law. */
export function lawful(): Subgraph[] {
  return Object.entries(files).map(([name, sdl]) => ({ name, document: parse(sdl) }));
}

/** The lawful subgraphs with one text of one of them replaced, wherever it stands; the text must stand there. */
export function broken(file: keyof typeof files, text: string, by: string): Subgraph[] {
  if (!files[file].includes(text)) throw new TypeError(`The fixture of ${file} has no "${text}" to break.`);
  return Object.entries(files).map(([name, sdl]) => ({
    name,
    document: parse(name === file ? sdl.replaceAll(text, by) : sdl),
  }));
}

/**
 * `npm run generate` in web/: operations/**.graphql, checked against the public contract of the committed supergraph →
 * generated/*.ts, where each operation is the id of its text with the types of its data and variables, and
 * generated/documents.json, the manifest of the texts: the pages send ids, and the gateway knows the texts by them.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { type DocumentNode, Kind, parse, print, printSchema, validate } from 'graphql';

/** What each scalar of the schema is in TypeScript: text as it stands in the answer, and whole numbers. */
const scalars = {
  ID: 'string',
  Date: 'string',
  PartialDate: 'string',
  DateTime: 'string',
  CountryCode: 'string',
  DataUrl: 'string',
  VND: 'number',
};

/**
 * Each page has operations of its own, made into a file of its own: what the auditor's console asks is then no part of
 * what a citizen's browser loads.
 */
const groups = [
  { folder: 'operations', target: 'generated/operations.ts' },
  { folder: 'operations/audit', target: 'generated/audit-operations.ts' },
];

/** An operation of the manifest, in the field's usual format. */
interface Listed {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** One line of the plugin: the syntax tree of a fragment, or of an operation with its fragments. */
const TREE = /^export const (\w+) = (\{.*\}) as unknown as (DocumentNode<.*>);$/gm;

const MANIFEST = 'generated/documents.json';

const schema = publicSchema(readSupergraph());
/** By id: two pages may ask the same. */
const listed = new Map<string, Listed>();

for (const { folder, target } of groups) {
  const documents = readdirSync(join(import.meta.dirname, folder))
    .filter((name) => name.endsWith('.graphql'))
    .toSorted()
    .map((name) => ({
      location: name,
      document: parse(readFileSync(join(import.meta.dirname, folder, name), 'utf8')),
    }));
  const problems = validate(schema, {
    kind: Kind.DOCUMENT,
    definitions: documents.flatMap(({ document }) => document.definitions),
  });
  if (problems.length > 0) {
    process.stderr.write(`${problems.map(({ message }) => `web/${folder}: ${message}`).join('\n')}\n`);
    process.exitCode = 1;
  } else {
    await write(folder, target, documents);
  }
}
if (process.exitCode === undefined) writeManifest();

async function write(
  folder: string,
  target: string,
  documents: readonly { readonly location: string; readonly document: DocumentNode }[],
): Promise<void> {
  const file = join(import.meta.dirname, target);
  const source = await codegen({
    filename: file,
    schema: parse(printSchema(schema)),
    documents: [...documents],
    plugins: [{ 'typescript-operations': {} }, { 'typed-document-node': {} }],
    pluginMap: { 'typescript-operations': typescriptOperations, 'typed-document-node': typedDocumentNode },
    config: {
      useTypeImports: true,
      enumType: 'string-literal',
      enumsAsTypes: true,
      immutableTypes: true,
      strictScalars: true,
      skipTypename: true,
      scalars,
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      dedupeFragments: true,
      optimizeDocumentNode: true,
    },
  });
  mkdirSync(dirname(file), { recursive: true });
  const named = nameDocuments(source);
  writeFileSync(
    file,
    `// Made from ${folder}/*.graphql by npm run prepare; not to be edited.\n${named.trimEnd()}\n`,
  );
  process.stdout.write(`typed operations: ${documents.length} files → ${target}\n`);
}

/** Puts the id of each operation in the place of its syntax tree, and its text into the manifest. Fragments alone go. */
function nameDocuments(source: string): string {
  return source.replaceAll(TREE, (_line, constant: string, tree: string, type: string) => {
    const document = JSON.parse(tree) as DocumentNode;
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) return '';
    const body = print(document);
    const id = createHash('sha256').update(body).digest('hex');
    const name = operation.name?.value ?? '';
    listed.set(id, { id, name, type: operation.operation, body });
    const short = { kind: Kind.DOCUMENT, definitions: [], documentId: `sha256:${id}`, operation: name };
    return `export const ${constant} = ${JSON.stringify(short)} as unknown as ${type};`;
  });
}

/** The manifest in the format that clients of the field agree on. */
function writeManifest(): void {
  const operations = [...listed.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  writeFileSync(join(import.meta.dirname, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  process.stdout.write(`trusted documents: ${operations.length} operations → ${MANIFEST}\n`);
}

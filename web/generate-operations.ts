/**
 * `npm run generate` in web/: operations/**.graphql, checked against the public contract of the committed supergraph →
 * generated/*.ts, where each operation is a document that knows the types of its data and variables.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { type DocumentNode, Kind, parse, printSchema, validate } from 'graphql';

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

const schema = publicSchema(readSupergraph());

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
  writeFileSync(
    file,
    `// Made from ${folder}/*.graphql by npm run prepare; not to be edited.\n${source.trimEnd()}\n`,
  );
  process.stdout.write(`typed operations: ${documents.length} files → ${target}\n`);
}

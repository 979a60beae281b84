/**
 * `npm run generate` in web/: operations/*.graphql, checked against the public contract of the committed supergraph →
 * generated/operations.ts, where each operation is a document that knows the types of its data and variables.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { Kind, parse, printSchema, validate } from 'graphql';

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

const folder = join(import.meta.dirname, 'operations');
const target = join(import.meta.dirname, 'generated/operations.ts');

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .toSorted();
const documents = files.map((name) => ({
  location: name,
  document: parse(readFileSync(join(folder, name), 'utf8')),
}));

const schema = publicSchema(readSupergraph());
const problems = validate(schema, {
  kind: Kind.DOCUMENT,
  definitions: documents.flatMap(({ document }) => document.definitions),
});

if (problems.length > 0) {
  process.stderr.write(`${problems.map(({ message }) => `web/operations: ${message}`).join('\n')}\n`);
  process.exitCode = 1;
} else {
  const source = await codegen({
    filename: target,
    schema: parse(printSchema(schema)),
    documents,
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
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    `// Made from operations/*.graphql by npm run prepare; not to be edited.\n${source.trimEnd()}\n`,
  );
  process.stdout.write(`typed operations: ${documents.length} files\n`);
}

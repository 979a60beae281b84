import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { type DocumentNode, visit } from 'graphql';
import { defaultContext, defaultModels, type ResolverModels, resolverModels } from './resolver-models.ts';
import { type ServiceName, serviceNames } from './service-names.ts';
import { readSubgraph } from './subgraph-files.ts';

/** What each scalar of the schema is in TypeScript: text as it stands in the answer, and whole numbers. */
const scalars = {
  ID: 'string',
  Date: 'string',
  PartialDate: 'string',
  DateTime: 'string',
  CountryCode: 'string',
  DataUrl: 'string',
  VND: 'number',
  // Federation's own, of the keys.
  _FieldSet: 'string',
};

/** The TypeScript source of the resolver types of one service. */
export async function resolverTypes(
  service: ServiceName,
  { context = defaultContext, models = {} }: ResolverModels = resolverModels[service] ?? {},
): Promise<string> {
  const schema = withoutOwnDirectives(readSubgraph(service));
  const declared = new Set(schema.definitions.map((node) => ('name' in node ? node.name?.value : undefined)));
  const mappers = Object.entries({ ...defaultModels, ...models }).filter(([name]) => declared.has(name));
  const source = await codegen({
    filename: 'resolvers.ts',
    schema,
    documents: [],
    plugins: [{ typescript: {} }, { 'typescript-resolvers': {} }],
    pluginMap: { typescript, 'typescript-resolvers': typescriptResolvers },
    config: {
      federation: true,
      useTypeImports: true,
      enumsAsTypes: true,
      immutableTypes: true,
      strictScalars: true,
      scalars,
      contextType: context,
      mappers: Object.fromEntries(mappers),
      // A resolver may answer null where the schema allows null, and must answer something everywhere else.
      avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: true },
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
    },
  });
  return `// Made from schema/${service}.graphql by npm run prepare; not to be edited.\n${source.trimEnd()}\n`;
}

/**
 * Writes `subgraphs/<service>/generated/resolvers.ts`: the types of the resolvers a service must have, so that a
 * change of its schema that its code does not follow fails the compiler.
 */
export async function writeResolverTypes(service: ServiceName): Promise<void> {
  const file = fileURLToPath(new URL(`../subgraphs/${service}/generated/resolvers.ts`, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await resolverTypes(service));
}

/** Without the links and our own directives, which say nothing about resolvers and which the generator does not know. */
function withoutOwnDirectives(document: DocumentNode): DocumentNode {
  return visit(document, {
    SchemaExtension: () => null,
    DirectiveDefinition: () => null,
    Directive: (node) => (node.name.value === 'key' ? undefined : null),
  });
}

if (import.meta.main) {
  await Promise.all(serviceNames.map(writeResolverTypes));
  process.stdout.write(`resolver types of ${serviceNames.length} services\n`);
}

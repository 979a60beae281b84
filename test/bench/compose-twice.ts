/**
 * The second opinion on the contract: the composer of the specification's authors (Elastic-2.0, hence only here) takes
 * the same subgraphs and must come to the same public schema as the composer of the product. Run by
 * `npm run bench -- compose`; exit code 1 and a sentence for each difference.
 */
import { composeServices } from '@apollo/composition';
import { readSubgraph, readSupergraph, subgraphNames } from '@dinhdanh/schema';
import { buildASTSchema, isEnumType, isInterfaceType, isObjectType, isUnionType, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';

const composed = composeServices(
  subgraphNames.map((name) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: readSubgraph(name),
  })),
);
if (composed.errors !== undefined) {
  for (const error of composed.errors)
    process.stderr.write(`The second composer refuses: ${error.message}\n`);
  process.exitCode = 1;
} else {
  const differences = compare(read(readSupergraph()), read(composed.supergraphSdl));
  for (const difference of differences) process.stderr.write(`The composers differ: ${difference}\n`);
  process.stdout.write(
    `${subgraphNames.length} subgraphs composed twice, ${differences.length} differences\n`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
}

function read(supergraph: string): GraphQLSchema {
  return buildASTSchema(parse(supergraph), { assumeValidSDL: true });
}

/** Types and fields that one has and the other has not, or has otherwise. Names of the join and link machinery are left out. */
function compare(one: GraphQLSchema, other: GraphQLSchema): string[] {
  const [ours, theirs] = [describe(one), describe(other)];
  const coordinates = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  return coordinates
    .filter((coordinate) => ours.get(coordinate) !== theirs.get(coordinate))
    .map(
      (coordinate) =>
        `${coordinate}: ours ${ours.get(coordinate) ?? 'missing'}, theirs ${theirs.get(coordinate) ?? 'missing'}`,
    );
}

function describe(schema: GraphQLSchema): Map<string, string> {
  const described = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (/^(__|join__|link__)/.test(type.name)) continue;
    described.set(type.name, type.constructor.name);
    if (isUnionType(type))
      described.set(`${type.name} members`, type.getTypes().map(String).toSorted().join(' | '));
    if (isEnumType(type))
      described.set(
        `${type.name} values`,
        type
          .getValues()
          .map(({ name }) => name)
          .toSorted()
          .join(' | '),
      );
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const claims = (field.astNode?.directives ?? [])
        .filter(({ name }) => !name.value.startsWith('join__'))
        .map(
          ({ name, arguments: given }) =>
            `@${name.value}(${(given ?? [])
              .map(
                ({ name: argument, value }) =>
                  `${argument.value}: ${'value' in value ? String(value.value) : value.kind}`,
              )
              .toSorted()
              .join(', ')})`,
        );
      described.set(`${type.name}.${field.name}`, [String(field.type), ...claims.toSorted()].join(' '));
    }
  }
  return described;
}

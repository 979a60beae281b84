import { type DeclaredType, declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

/** A type and the subgraph that declares it so. */
interface Declaration {
  readonly subgraph: string;
  readonly type: DeclaredType;
}

/**
 * What the specification asks of interfaces with keys and our composer lets pass, other composers refusing it: who
 * keys an interface names every kind of it, each with a key; an `@interfaceObject` stands for an interface that
 * somebody keys; and who sees the one object does not also declare a kind of it.
 */
export function checkInterfaceKeys(subgraphs: readonly Subgraph[]): string[] {
  const all = subgraphs.flatMap((subgraph) =>
    declaredTypes(subgraph).map((type): Declaration => ({ subgraph: subgraph.name, type })),
  );
  const keyed = all.filter(({ type }) => type.kind === 'interface' && hasDirective(type.directives, 'key'));
  const objects = all.filter(({ type }) => hasDirective(type.directives, 'interfaceObject'));
  return [
    ...keyed.flatMap((declaration) => missingKinds(declaration, all)),
    ...objects.flatMap((declaration) => objectProblems(declaration, all, keyed)),
  ];
}

function missingKinds({ subgraph, type }: Declaration, all: readonly Declaration[]): string[] {
  const kinds = new Set(kindsOf(type.name, all).map((kind) => kind.type.name));
  const here = new Map(
    all
      .filter((declaration) => declaration.subgraph === subgraph)
      .map((declaration) => [declaration.type.name, declaration.type]),
  );
  return [...kinds]
    .filter((kind) => !hasDirective(here.get(kind)?.directives, 'key'))
    .map((kind) => `${subgraph} keys ${type.name} but does not name its kind ${kind} with a key.`);
}

function objectProblems(
  { subgraph, type }: Declaration,
  all: readonly Declaration[],
  keyed: readonly Declaration[],
): string[] {
  const problems = kindsOf(type.name, all)
    .filter((kind) => kind.subgraph === subgraph)
    .map(
      (kind) => `${subgraph} sees ${type.name} as one object and declares its kind ${kind.type.name} too.`,
    );
  if (!keyed.some((declaration) => declaration.type.name === type.name)) {
    problems.push(`${subgraph} sees ${type.name} as one object, but no subgraph keys the interface.`);
  }
  return problems;
}

function kindsOf(name: string, all: readonly Declaration[]): Declaration[] {
  return all.filter(({ type }) => type.kind === 'object' && type.interfaces.includes(name));
}

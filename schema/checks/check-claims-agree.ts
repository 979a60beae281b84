import { accessDirectives } from '../claim-directives.ts';
import { type DeclaredType, declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

/** What one subgraph says of a coordinate. */
interface Statement {
  readonly coordinate: string;
  readonly subgraph: string;
  readonly access: string;
  readonly description: string | null;
}

/**
 * A field carries the same claim and the same description wherever it stands: in every subgraph, on the interface
 * and on its kinds. Composition would keep both claims of two that differ, or take one at random.
 */
export function checkClaimsAgree(subgraphs: readonly Subgraph[]): string[] {
  const problems: string[] = [];
  const first = new Map<string, Statement>();
  const agree = (key: string, statement: Statement): void => {
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, statement);
      return;
    }
    const where = `${statement.coordinate} in ${statement.subgraph} and ${before.coordinate} in ${before.subgraph}`;
    if (before.access !== statement.access) problems.push(`${where} carry different claims.`);
    if (before.description !== statement.description) problems.push(`${where} are described differently.`);
  };
  for (const subgraph of subgraphs) {
    for (const type of declaredTypes(subgraph)) {
      if (!hasDirective(type.directives, 'interfaceObject')) {
        agree(type.name, {
          coordinate: type.name,
          subgraph: subgraph.name,
          access: JSON.stringify(accessDirectives(type.directives)),
          description: type.description,
        });
      }
      for (const [key, statement] of fieldStatements(subgraph.name, type)) agree(key, statement);
    }
  }
  return problems;
}

/** Each field under its own coordinate, and under that of every interface of its type that may declare it too. */
function* fieldStatements(subgraph: string, type: DeclaredType): Generator<[string, Statement]> {
  for (const { coordinate, name, node } of type.fields) {
    const statement: Statement = {
      coordinate,
      subgraph,
      access: JSON.stringify(accessDirectives(node.directives)),
      description: node.description?.value ?? null,
    };
    yield [coordinate, statement];
    for (const parent of type.interfaces) yield [`${parent}.${name}`, statement];
  }
}

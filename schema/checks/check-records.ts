import { declaredTypes, hasDirective, rootTypes, type Subgraph } from './subgraph.ts';

/**
 * A document (what is keyed by `ref`) attests its `holder` where it is kept, and every record that attests its holder
 * carries its `source`. The gateway refuses a record whose holder is not the person asked about: a new kind of
 * document without one would be the kind that a mistaken registry could answer for somebody else.
 */
export function checkRecords(subgraphs: readonly Subgraph[]): string[] {
  const problems: string[] = [];
  for (const subgraph of subgraphs) {
    for (const type of declaredTypes(subgraph)) {
      if (type.kind !== 'object' || rootTypes.has(type.name)) continue;
      const fields = new Map(type.fields.map((field) => [field.name, field]));
      // A type of nothing but its key is kept elsewhere.
      const kept = type.fields.some(({ node }) => !hasDirective(node.directives, 'inaccessible'));
      if (!kept) continue;
      const at = `${type.name} in ${subgraph.name}`;
      if (fields.has('ref') && !fields.has('holder'))
        problems.push(`${at} is a document without its holder.`);
      if (fields.has('holder') && !fields.has('source'))
        problems.push(`${at} is a record without its source.`);
      for (const name of ['subject', 'ref', 'holder']) {
        const field = fields.get(name);
        if (field !== undefined && !hasDirective(field.node.directives, 'inaccessible')) {
          problems.push(
            `${field.coordinate} in ${subgraph.name} must be @inaccessible: no answer may hold it.`,
          );
        }
      }
    }
  }
  return problems;
}

import { stringArguments } from '../claim-directives.ts';
import { declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

/**
 * Every type and field is described: in English, then `Vi:` with the Vietnamese term; and every claimed field and
 * every type with a claim names its legal source, the field in its claim, the type after `Law:`. Types of a technical
 * kind (the payload of a page, say) have no law.
 */
export function checkDescriptions(subgraphs: readonly Subgraph[]): string[] {
  const problems: string[] = [];
  for (const subgraph of subgraphs) {
    for (const type of declaredTypes(subgraph)) {
      problems.push(...vietnamese(`${type.name} in ${subgraph.name}`, type.description));
      for (const { coordinate, node } of type.fields) {
        const at = `${coordinate} in ${subgraph.name}`;
        problems.push(...vietnamese(at, node.description?.value ?? null));
        const claim = node.directives?.find(({ name }) => name.value === 'claim');
        if (claim !== undefined && !stringArguments(claim).get('law')) {
          problems.push(`${at} does not name its legal source in @claim(law:).`);
        }
      }
      if (hasDirective(type.directives, 'claim') && !type.description?.includes(' Law: ')) {
        problems.push(`${type.name} in ${subgraph.name} does not name its legal source after "Law:".`);
      }
    }
  }
  return problems;
}

function vietnamese(at: string, description: string | null): string[] {
  if (description === null) return [`${at} is not described.`];
  return / Vi: \S/.test(description) ? [] : [`${at} is described without its Vietnamese term ("Vi: …").`];
}

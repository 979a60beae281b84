import { visit } from 'graphql';
import type { Subgraph } from './subgraph.ts';

const reasons: Readonly<Record<string, string>> = {
  requires: 'a field nobody asked for would be read and sent to a third service',
  provides: 'a copy from another source would escape the check and the log of its owner',
  override: 'which source answers would depend on a label, not on the schema',
  external: 'a field would be declared where it is not kept',
  context: 'the planner drops the argument without a word',
  fromContext: 'the planner drops the argument without a word',
};

/** None of the Federation directives that move data between services behind the caller's back is applied. */
export function checkForbiddenDirectives(subgraphs: readonly Subgraph[]): string[] {
  const problems: string[] = [];
  for (const { name: subgraph, document } of subgraphs) {
    visit(document, {
      Directive: (node) => {
        const name = node.name.value.replace(/^federation__/, '');
        if (!Object.hasOwn(reasons, name)) return;
        const line = node.loc === undefined ? '' : ` (line ${node.loc.startToken.line})`;
        problems.push(`${subgraph} uses @${name}${line}: ${reasons[name]}.`);
      },
    });
  }
  return problems;
}

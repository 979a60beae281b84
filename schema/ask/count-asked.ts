import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { AskError } from './ask-error.ts';

/** Leaves that may be asked for at once, fragments spread. */
export const mostLeaves = 200;

/** Fields from the root to the deepest leaf. */
const mostDepth = 12;

interface Tally {
  readonly leaves: number;
  readonly depth: number;
}

const nothing: Tally = { leaves: 0, depth: 0 };

/**
 * Refuses a document that asks for too much once its fragments are spread, without spreading them: every fragment is
 * counted once and remembered, so the time is linear in the text. A cycle counts as nothing here; validation refuses it.
 */
export function refuseTooMuch(document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const remembered = new Map<string, Tally>();
  for (const node of document.definitions) {
    // Fragments that nobody spreads are validated too, so they are counted too.
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { leaves, depth } = tally(node.selectionSet, fragments, remembered);
    if (leaves > mostLeaves) throw new AskError('TOO_MANY_LEAVES');
    if (depth > mostDepth) throw new AskError('TOO_DEEP');
  }
}

function tally(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  remembered: Map<string, Tally>,
): Tally {
  let { leaves, depth } = nothing;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const below = selection.selectionSet ? tally(selection.selectionSet, fragments, remembered) : nothing;
      leaves += selection.selectionSet ? below.leaves : 1;
      depth = Math.max(depth, 1 + below.depth);
    } else {
      const inside =
        selection.kind === Kind.INLINE_FRAGMENT
          ? tally(selection.selectionSet, fragments, remembered)
          : tallyFragment(selection.name.value, fragments, remembered);
      leaves += inside.leaves;
      depth = Math.max(depth, inside.depth);
    }
  }
  return { leaves, depth };
}

function tallyFragment(
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  remembered: Map<string, Tally>,
): Tally {
  const known = remembered.get(name);
  if (known) return known;
  remembered.set(name, nothing);
  const fragment = fragments.get(name);
  const counted = fragment ? tally(fragment.selectionSet, fragments, remembered) : nothing;
  remembered.set(name, counted);
  return counted;
}

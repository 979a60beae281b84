import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { EngineRefusal, type RefusalSentence } from './engine-refusal.ts';
import type { EngineLimits } from './limits.ts';

interface Tally {
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly depth: number;
  /** Fields at this level, fragments expanded. */
  readonly width: number;
}

const nothing: Tally = { fields: 0, aliases: 0, directives: 0, depth: 0, width: 0 };

/**
 * Refuses a document whose expanded form is too large. Every fragment is counted once and remembered, so the
 * time is linear in the text even where the expansion is exponential. A fragment cycle counts as nothing
 * here: validation refuses it with its own sentence.
 */
export function refuseTooCostly(document: DocumentNode, limits: EngineLimits): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const remembered = new Map<string, Tally>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const tally = tallySelections(definition.selectionSet, fragments, remembered);
      refuseBeyond(tally, (definition.directives?.length ?? 0) + tally.directives, limits);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      // Unused fragments are validated too, so they are counted too; their depth matters only where they are used.
      refuseBeyond({ ...tallyFragment(definition.name.value, fragments, remembered), depth: 0 }, 0, limits);
    }
  }
}

function refuseBeyond(tally: Tally, directives: number, limits: EngineLimits): void {
  const checks: [number, number, RefusalSentence][] = [
    [tally.fields, limits.selections, 'too-many-selections'],
    [tally.depth, limits.depth, 'too-deep'],
    [tally.aliases, limits.aliases, 'too-many-aliases'],
    [directives, limits.directives, 'too-many-directives'],
    [tally.width, limits.selections, 'too-many-selections'],
  ];
  for (const [count, limit, sentence] of checks) {
    if (count > limit) throw new EngineRefusal('QUERY_TOO_COSTLY', sentence);
  }
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
  const tally = fragment ? tallySelections(fragment.selectionSet, fragments, remembered) : nothing;
  remembered.set(name, tally);
  return tally;
}

function tallySelections(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  remembered: Map<string, Tally>,
): Tally {
  let { fields, aliases, directives, depth, width } = nothing;
  for (const selection of selectionSet.selections) {
    directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const below = selection.selectionSet
        ? tallySelections(selection.selectionSet, fragments, remembered)
        : nothing;
      fields += 1 + below.fields;
      aliases += (selection.alias ? 1 : 0) + below.aliases;
      directives += below.directives;
      // graphql-js bounds introspection by a rule of its own; its standard query is deeper than any of ours.
      depth = Math.max(depth, selection.name.value.startsWith('__') ? 1 : 1 + below.depth);
      width += 1;
    } else {
      const inside =
        selection.kind === Kind.INLINE_FRAGMENT
          ? tallySelections(selection.selectionSet, fragments, remembered)
          : tallyFragment(selection.name.value, fragments, remembered);
      // A fragment counts as well: nests of empty-handed fragments cost the planner as much as fields do.
      fields += 1 + inside.fields;
      aliases += inside.aliases;
      directives += inside.directives;
      depth = Math.max(depth, inside.depth);
      width += inside.width;
    }
  }
  return { fields, aliases, directives, depth, width };
}

/** Refuses an operation with more root fields than allowed; `count` is taken after merging equal fields and folding conditions. */
export function refuseTooManyRootFields(count: number, limits: EngineLimits): void {
  if (count > limits.rootFields) throw new EngineRefusal('QUERY_TOO_COSTLY', 'too-many-root-fields');
}

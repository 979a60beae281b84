import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { type Access } from '../claim-directives.ts';
import { claimCatalogue, kindClaims } from '../claims.ts';
import { AskError } from './ask-error.ts';
import type { AskPath, AskStep } from './ask-path.ts';
import { claimIndex } from './claim-paths.ts';

/** A leaf below `person`, with the claim that stands on it. */
interface ClaimedPath {
  readonly claim: string;
  readonly path: AskPath;
}

/**
 * The ways to every leaf below `person` that one of the claims stands on. What one kind of person alone has is taken
 * where {@link kindClaims} is among the claims, or where a claim has nothing else: to ask for it tells the kind.
 */
export function spreadClaims(ids: readonly string[], schema: GraphQLSchema): readonly AskPath[] {
  if (ids.length === 0) throw new AskError('EMPTY');
  const all = allPaths(schema);
  const withKind = ids.includes(kindClaims.Person);
  return [...new Set(ids)].flatMap((id) => {
    const own = all.filter(({ claim }) => claim === id).map(({ path }) => path);
    const isKnown = own.length > 0 || claimCatalogue.some((entry) => entry.id === id);
    if (!isKnown) throw new AskError('CLAIM_UNKNOWN', id);
    // Explained, but of an account or of the system: no leaf of a person has it.
    if (own.length === 0) throw new AskError('CLAIM_NOT_SHAREABLE', id);
    if (own.some(needsArgument)) throw new AskError('ARGUMENT_NEEDED', id);
    const ofAll = own.filter((path) => path.every(({ on }) => on === null));
    return withKind || ofAll.length === 0 ? own : ofAll;
  });
}

function needsArgument(path: AskPath): boolean {
  return path.some(({ field }) => field?.args.some(isRequiredArgument));
}

function allPaths(schema: GraphQLSchema): readonly ClaimedPath[] {
  const root = schema.getQueryType();
  const person = root?.getFields()['person'];
  if (!root || !person) return [];
  return pathsBelow(schema, stepTo(person, root.name, null), [], new Set());
}

function pathsBelow(
  schema: GraphQLSchema,
  step: AskStep,
  above: AskPath,
  met: ReadonlySet<string>,
): ClaimedPath[] {
  const path = [...above, step];
  const claims = claimIndex(schema);
  const type = step.field && getNamedType(step.field.type);
  if (!isCompositeType(type)) return claimed(claims.get(`${step.parent}.${step.name}`), path);
  // A type met again below itself has been followed already: no path is followed for ever.
  if (met.has(type.name)) return [];
  const below = new Set([...met, type.name]);
  const kind: AskStep = { name: '__typename', parent: type.name, on: null, field: null, args: {} };
  return [
    ...(isAbstractType(type) ? claimed(claims.get(type.name), [...path, kind]) : []),
    ...stepsOn(schema, type).flatMap((next) => pathsBelow(schema, next, path, below)),
  ];
}

function claimed(access: Access | undefined, path: AskPath): ClaimedPath[] {
  return access?.kind === 'claim' ? [{ claim: access.id, path }] : [];
}

/** The fields of a type, and those that one of its kinds alone has. */
function stepsOn(schema: GraphQLSchema, type: GraphQLCompositeType): AskStep[] {
  const common = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const own = Object.values(common).map((field) => stepTo(field, type.name, null));
  if (!isAbstractType(type)) return own;
  const ofKinds = schema.getPossibleTypes(type).flatMap((kind) =>
    Object.values(kind.getFields())
      .filter(({ name }) => !(name in common))
      .map((field) => stepTo(field, kind.name, kind.name)),
  );
  return [...own, ...ofKinds];
}

/** A field with its arguments left at their defaults. */
function stepTo(field: GraphQLField<unknown, unknown>, parent: string, on: string | null): AskStep {
  const defaults = field.args.flatMap(({ name, defaultValue }) =>
    defaultValue === undefined ? [] : [[name, defaultValue] as const],
  );
  return { name: field.name, parent, on, field, args: Object.fromEntries(defaults) };
}

import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import type { AskedObject } from './answer-shape.ts';
import type { DataObject, FieldFailure } from './field-failure.ts';

/** One segment of the way from the root of the data tree to the objects a step fills. */
export type PathSegment =
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'type'; readonly names: ReadonlySet<string> };

/** A way to objects and the requests that must be done before it leads to all of them. */
export interface NeededPath {
  /** Its number within its list. */
  readonly index: number;
  readonly segments: readonly PathSegment[];
  readonly needs: readonly number[];
}

/** Changes that the plan wants made to a representation or to an answer. */
export interface Rewrite {
  readonly path: readonly ({ readonly key: string } | { readonly types: ReadonlySet<string> })[];
  readonly apply: (holder: DataObject, key: string) => void;
  /** The key that a renamer gives. */
  readonly renamesTo?: string;
}

/** What an object is asked for with; null where it has no key, a failure where a source failed to give a part of it. */
export type Represent = (target: DataObject) => DataObject | FieldFailure | null;

/** What an object is asked for with although something required failed, and the fields that are lost by it. */
export interface Salvage {
  readonly representation: DataObject;
  readonly lost: ReadonlyMap<string, FieldFailure>;
}

/** How the entities of one type are asked for. */
export interface EntityKind {
  /** The representation of an object; null where it has no key, a failure where a part of it failed. */
  readonly represent: Represent;
  /** What can still be asked where a part of what is sent failed. */
  readonly salvage: (target: DataObject) => Salvage | null;
  /** The fields of the representation where they are leaves alone, sent as they are; null otherwise. */
  readonly plain: readonly (RequiresSelection & { readonly kind: 'Field' })[] | null;
  /** Key fields that the answer must repeat unchanged. */
  readonly echoed: readonly string[];
  /** Those and all that the key has below them, as ways from the entity: `/maker`, `/maker/code`. */
  readonly echoedWays: ReadonlySet<string>;
  readonly asked: AskedObject;
  /** Type under which the source knows the entity, hence the list of fields it is asked for. */
  readonly typeName: string;
  /** Leaves that an entity brings which stands on the paths given, one {@link bitOf} each. */
  readonly leaves: (paths: number) => readonly number[];
}

/** The bit of a path; those beyond the thirtieth of a list share one, as if an entity on one stood on all. */
export const bitOf = (path: NeededPath): number => 1 << Math.min(path.index, 30);

/** One `_entities` list of a request. */
export interface EntityGroup {
  readonly responseKey: string;
  readonly variable: string;
  readonly paths: readonly NeededPath[];
  /** By the concrete type of the target; a type without an entry is not asked for. */
  readonly kinds: ReadonlyMap<string, EntityKind>;
  readonly outputRewrites: readonly Rewrite[];
  /** Whether later requests fill objects within what this one brings: two targets must then not share them. */
  readonly isFilledLater: boolean;
}

/** One request to one source. */
export interface Step {
  readonly index: number;
  readonly service: string;
  readonly kind: 'query' | 'mutation';
  /** The body up to and with `"variables":{`. */
  readonly bodyHead: string;
  /** Variables of the operation (`v_N`) that the request carries. */
  readonly variables: readonly string[];
  readonly root: RootAsk | null;
  readonly groups: readonly EntityGroup[];
  readonly conditions: readonly { readonly variable: string; readonly wanted: boolean }[];
  /** Steps that must be done before this one starts. */
  readonly needs: readonly number[];
  /** Steps that wait for this one, the other way round. */
  readonly neededBy: readonly number[];
  /** True when some of its paths need less than others: a slow source then holds up only its own. */
  readonly isDivisible: boolean;
}

/** What a request for root fields asks. */
export interface RootAsk {
  /** Where the answer belongs: empty for the root of the data tree. */
  readonly path: readonly PathSegment[];
  readonly asked: AskedObject;
  readonly typeName: string;
  readonly leaves: readonly number[];
  readonly outputRewrites: readonly Rewrite[];
}

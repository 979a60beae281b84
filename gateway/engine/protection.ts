import { EngineRefusal } from './engine-refusal.ts';
import type { PreparedOperation, RefusedLeaf } from './engine-types.ts';
import { allOf, isOpen, type Requirement, type RequirementReader } from './requirements.ts';
import type { ProtectionMode, Rights } from './rights.ts';
import type { Shape } from './shape.ts';

/** Enforces the standard's directives on operations of one supergraph. */
export interface Protection {
  /** Decides an operation's leaves by the rights of its caller. In `reject` mode a closed leaf throws EngineRefusal. */
  readonly protect: (prepared: PreparedOperation, rights: Rights) => ReadonlyMap<number, RefusedLeaf>;
  /** @throws TypeError where an operation is to be planned that was not decided, or with a leaf that was closed to its caller */
  readonly insist: (prepared: PreparedOperation, refused: ReadonlyMap<number, RefusedLeaf>) => void;
}

const none: ReadonlyMap<number, RefusedLeaf> = new Map();

/** Leaves named in one refusal. */
const mostNamed = 20;

/**
 * Makes the protection of one supergraph. What a shape's leaves require is gathered once a shape; a request only compares.
 *
 * @throws TypeError for a supergraph with protections where no mode was chosen: nobody has said that they are decided
 */
export function openProtection(reader: RequirementReader, mode: ProtectionMode | undefined): Protection {
  if (!reader.readAll()) return { protect: () => none, insist: () => undefined };
  if (mode === undefined) {
    throw new TypeError(
      'The supergraph asks for a protection this engine does not enforce unless it is told how',
    );
  }
  const requirementsOf = rememberRequirements(reader);
  const decided = new WeakMap<PreparedOperation, ReadonlyMap<number, RefusedLeaf>>();
  return {
    protect: (prepared, rights) => {
      const code = rights.authenticated ? 'NOT_PERMITTED' : 'UNAUTHENTICATED';
      const { shape } = prepared.internal.normalised;
      const refused = new Map<number, RefusedLeaf>();
      for (const [id, requirement] of requirementsOf(shape).entries()) {
        if (requirement.length > 0 && !isOpen(requirement, rights)) refused.set(id, { code });
      }
      if (refused.size > 0 && mode === 'reject') throw refusalOf(shape, refused, code);
      decided.set(prepared, refused);
      return refused;
    },
    insist: (prepared, refused) => {
      const closed = decided.get(prepared);
      if (!closed || [...closed.keys()].some((id) => !refused.has(id))) {
        throw new TypeError('An operation is planned with leaves that were not opened to its caller');
      }
    },
  };
}

function rememberRequirements(reader: RequirementReader): (shape: Shape) => readonly Requirement[] {
  const known = new WeakMap<Shape, readonly Requirement[]>();
  return (shape) => {
    const remembered = known.get(shape);
    if (remembered) return remembered;
    const requirements = shape.leaves.map((leaf) =>
      allOf([...leaf.parents, leaf.coordinate].map((coordinate) => reader.of(coordinate))),
    );
    known.set(shape, requirements);
    return requirements;
  };
}

function refusalOf(
  shape: Shape,
  refused: ReadonlyMap<number, RefusedLeaf>,
  code: 'UNAUTHENTICATED' | 'NOT_PERMITTED',
): EngineRefusal {
  const names = new Set([...refused.keys()].map((id) => shape.leaves[id]?.coordinate ?? ''));
  const details = [...names].slice(0, mostNamed).map((message) => ({ message, locations: [] }));
  return new EngineRefusal(code, 'protected', details);
}

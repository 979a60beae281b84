import { type ConstDirectiveNode, type DocumentNode, visit } from 'graphql';
import { type LinkedFeature, nameInDocument, readLinks } from './read-links.ts';

/** The directives of the standard that this engine enforces, by what this supergraph calls them. */
export interface Features {
  /** Name in the document → name in the standard: `auth` → `authenticated`. */
  readonly directives: ReadonlyMap<string, EnforcedDirective>;
}

/** What the standard calls the directives that the engine enforces itself. */
export type EnforcedDirective = 'authenticated' | 'requiresScopes' | 'policy' | 'cost' | 'listSize';

const specs = 'https://specs.apollo.dev/';

/** Features enforced here: their directives and the only major version known. */
const enforced: Readonly<Record<string, readonly EnforcedDirective[]>> = {
  [`${specs}authenticated`]: ['authenticated'],
  [`${specs}requiresScopes`]: ['requiresScopes'],
  [`${specs}policy`]: ['policy'],
  [`${specs}cost`]: ['cost', 'listSize'],
};

/** Features that are enforced by how the supergraph is read, planned and answered. */
const built: ReadonlySet<string> = new Set(
  ['link', 'core', 'join', 'inaccessible'].map((name) => `${specs}${name}`),
);

/**
 * Finds the directives to be enforced, whatever they are called here.
 *
 * @throws TypeError for a feature that secures or changes execution and that this engine does not know, for a version it
 *   does not know, and for a protection that is applied without being linked: such a supergraph must not be served
 */
export function readFeatures(document: DocumentNode): Features {
  const directives = new Map<string, EnforcedDirective>();
  const named = new Set<string>();
  for (const feature of readLinks(document)) {
    for (const as of feature.imports.values()) named.add(as);
    named.add(feature.namespace);
    const known = enforced[feature.identity];
    if (known === undefined) refuseUnknown(feature);
    else {
      refuseVersion(feature);
      for (const name of feature.imports.keys()) {
        if (!(known as readonly string[]).includes(name)) {
          throw new TypeError(`The supergraph asks for a protection this engine does not enforce: @${name}`);
        }
      }
      for (const name of known) directives.set(nameInDocument(feature, name), name);
    }
  }
  refuseUnlinked(document, directives, named);
  return { directives };
}

/** The document as clients may see it: without the directives that the engine enforces. */
export function withoutEnforced(document: DocumentNode, { directives }: Features): DocumentNode {
  if (directives.size === 0) return document;
  return visit(document, {
    Directive: (node) => (directives.has(node.name.value) ? null : undefined),
    DirectiveDefinition: (node) => (directives.has(node.name.value) ? null : undefined),
  });
}

/** The applications of one directive of the standard on a node. */
export function applicationsOf(
  features: Features,
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined,
  name: EnforcedDirective,
): readonly ConstDirectiveNode[] {
  return node?.directives?.filter((each) => features.directives.get(each.name.value) === name) ?? [];
}

function refuseUnknown({ identity, purpose }: LinkedFeature): void {
  if (purpose === null || built.has(identity)) return;
  throw new TypeError(`The supergraph asks for a protection this engine does not enforce: ${identity}`);
}

function refuseVersion({ identity, version }: LinkedFeature): void {
  if (version !== null && version[0] === 0 && version[1] === 1) return;
  throw new TypeError(`The supergraph asks for a version this engine does not enforce: ${identity}`);
}

/** A protection that nothing links would pass for a remark: somebody meant it. */
function refuseUnlinked(
  document: DocumentNode,
  directives: ReadonlyMap<string, EnforcedDirective>,
  named: ReadonlySet<string>,
): void {
  visit(document, {
    Directive: (node) => {
      const name = node.name.value;
      const [namespace = ''] = name.split('__');
      const plain = name.slice(name.lastIndexOf('_') + 1);
      if (!protectionNames.has(plain) || directives.has(name) || named.has(namespace)) return;
      throw new TypeError(`The supergraph applies a protection that it does not link: @${name}`);
    },
  });
}

const protectionNames: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

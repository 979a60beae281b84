import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  type ObjectValueNode,
} from 'graphql';
import { argumentOf, directivesOf, textOf } from './read-directives.ts';

/** A feature that a supergraph links, as the link specification (v1.0) reads it. */
export interface LinkedFeature {
  /** The URL without its version: `https://specs.apollo.dev/authenticated`. */
  readonly identity: string;
  /** `[major, minor]`; null where the URL ends in no version. */
  readonly version: readonly [number, number] | null;
  /** `SECURITY`, `EXECUTION` or null. */
  readonly purpose: string | null;
  /** What the feature calls a directive (without `@`) → what this document calls it. */
  readonly imports: ReadonlyMap<string, string>;
  /** The prefix of what is not imported. */
  readonly namespace: string;
}

/** Reads every `@link` of a supergraph's schema definition. @throws TypeError for one that cannot be read */
export function readLinks(document: DocumentNode): readonly LinkedFeature[] {
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) return [];
    const directives = node.directives ?? [];
    const name = linkName(directives);
    return directivesOf(directives, name).map(readLink);
  });
}

/** The name by which this document applies a directive of a feature: imported, renamed, or behind the namespace. */
export function nameInDocument(feature: LinkedFeature, directive: string): string {
  const imported = feature.imports.get(directive);
  if (imported !== undefined) return imported;
  const own = feature.identity.slice(feature.identity.lastIndexOf('/') + 1);
  // The directive that is called like its feature has the namespace itself for a name.
  return directive === own ? feature.namespace : `${feature.namespace}__${directive}`;
}

/** The link specification links itself, and may be renamed while it does. */
function linkName(directives: readonly ConstDirectiveNode[]): string {
  for (const directive of directives) {
    const url = textOf(argumentOf(directive, 'url')) ?? '';
    if (!url.startsWith('https://specs.apollo.dev/link/')) continue;
    return textOf(argumentOf(directive, 'as')) ?? 'link';
  }
  return 'link';
}

function readLink(directive: ConstDirectiveNode): LinkedFeature {
  const url = textOf(argumentOf(directive, 'url')) ?? '';
  const [, identity = '', major, minor] = /^(.+?)(?:\/v(\d+)\.(\d+))?\/*$/u.exec(url) ?? [];
  if (identity === '') throw new TypeError('The supergraph links a feature without an address');
  return {
    identity,
    version: major === undefined ? null : [Number(major), Number(minor)],
    purpose: textOf(argumentOf(directive, 'for')) ?? null,
    imports: readImports(url, argumentOf(directive, 'import')),
    namespace: textOf(argumentOf(directive, 'as')) ?? identity.slice(identity.lastIndexOf('/') + 1),
  };
}

function readImports(url: string, value: ConstValueNode | undefined): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  if (value === undefined || value.kind === Kind.NULL) return imports;
  for (const each of value.kind === Kind.LIST ? value.values : [value]) {
    const name = each.kind === Kind.OBJECT ? memberText(each, 'name') : textOf(each);
    const as = (each.kind === Kind.OBJECT ? memberText(each, 'as') : undefined) ?? name;
    if (name === undefined || as === undefined)
      throw new TypeError(`The supergraph imports nothing known of ${url}`);
    if (name.startsWith('@')) imports.set(name.slice(1), as.replace(/^@/u, ''));
  }
  return imports;
}

function memberText(object: ObjectValueNode, name: string): string | undefined {
  const member = object.fields.find((field) => field.name.value === name);
  return member && textOf(member.value as ConstValueNode);
}

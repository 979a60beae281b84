import { type DocumentNode, type FieldDefinitionNode, Kind } from 'graphql';
import { argumentOf, directivesOf } from './read-directives.ts';

/**
 * Refuses what composes but would be planned wrongly: an argument filled from a context, a field taken over by a share
 * of the requests, a label that nothing in the supergraph knows.
 *
 * @throws TypeError that names the field
 */
export function refuseUnsupported(document: DocumentNode, labels: readonly string[]): void {
  const known = new Set<string>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      for (const label of labelsOf(`${type.name.value}.${field.name.value}`, field)) known.add(label);
    }
  }
  const unknown = labels.find((label) => !known.has(label));
  if (unknown !== undefined)
    throw new TypeError(`No field of the supergraph is overridden under the label ${unknown}`);
}

function labelsOf(coordinate: string, field: FieldDefinitionNode): readonly string[] {
  return directivesOf(field.directives, 'join__field').flatMap((join) => {
    if (argumentOf(join, 'contextArguments')) {
      throw new TypeError(
        `${coordinate} has an argument filled by @fromContext, which this engine does not fill`,
      );
    }
    const label = argumentOf(join, 'overrideLabel');
    if (label?.kind !== Kind.STRING) return [];
    if (label.value.startsWith('percent(')) {
      throw new TypeError(
        `${coordinate} is overridden for ${label.value} of the requests: this engine takes named labels only`,
      );
    }
    return [label.value];
  });
}

import { claimsOf } from '@dinhdanh/schema';
import { getNamedType, isCompositeType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** The claims an operation asks for. */
export type ClaimsOfOperation = (document: DocumentNode) => ReadonlySet<string>;

/**
 * Reads the claims of operations off a service's own schema: of each field, and of each record whose presence they tell.
 * What the caller token says it asks for is the gateway's word; this is the service's. Remembered by the parsed
 * document, of which there are as many as plans.
 */
export function readClaims(schema: GraphQLSchema): ClaimsOfOperation {
  const accesses = claimsOf(schema);
  const known = new WeakMap<DocumentNode, ReadonlySet<string>>();
  const read = (document: DocumentNode): ReadonlySet<string> => {
    const claims = new Set<string>();
    const note = (coordinate: string): void => {
      const access = accesses.get(coordinate);
      if (access?.kind === 'claim') claims.add(access.id);
    };
    const types = new TypeInfo(schema);
    const enter = {
      Field: () => {
        const [parent, field] = [types.getParentType(), types.getFieldDef()];
        if (field === undefined || field === null) return;
        note(`${parent?.name ?? ''}.${field.name}`);
        const told = getNamedType(field.type);
        if (isCompositeType(told)) note(told.name);
      },
      InlineFragment: () => note(types.getType()?.toString() ?? ''),
      FragmentDefinition: () => note(types.getType()?.toString() ?? ''),
    };
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: { enter: enter.Field },
        InlineFragment: { enter: enter.InlineFragment },
        FragmentDefinition: { enter: enter.FragmentDefinition },
      }),
    );
    return claims;
  };
  return (document) => {
    const claims = known.get(document) ?? read(document);
    known.set(document, claims);
    return claims;
  };
}

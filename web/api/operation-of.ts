/**
 * The name of a document's one operation. What is generated holds the id of a text and its name, and no syntax tree: the
 * pages send ids.
 */
export function operationOf(document: object): string {
  const { operation } = document as { readonly operation?: unknown };
  return typeof operation === 'string' ? operation : '';
}

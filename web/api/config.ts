/**
 * The texts behind the ids, for pages that come from the development server: null in a build, which neither holds nor
 * sends a text.
 */
export const textsInDevelopment = import.meta.env.DEV ? () => import('../generated/documents.json') : null;

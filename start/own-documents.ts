import { join } from 'node:path';

/** The manifest of the trusted documents that come with the system: of its screens and services. Made by `npm run prepare`. */
export const ownDocuments = join(import.meta.dirname, 'generated', 'documents.json');

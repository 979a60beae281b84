import { join } from 'node:path';

/** The folder the screens are built into, beside this one. */
export const builtWeb = join(import.meta.dirname, '..', 'web', 'dist');

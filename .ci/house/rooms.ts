/** Which room a path stands in, and the questions laws ask about it. Pure. */

/** The packages of `subgraphs/` that are not services. */
const notServices = new Set(['kit', 'people']);

/** The service a path belongs to (`vehicles`), or null. */
export function serviceOf(path: string): string | null {
  const [room, name] = path.split('/');
  return room === 'subgraphs' && name !== undefined && !notServices.has(name) ? name : null;
}

/** True when the path stands in the folder. */
export function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** True for test files, beside the code or in `test/`, and for all that helps them there. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || isIn('test', path);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The top room, for a sentence: `gateway`, `subgraphs/kit`, `web` … */
export function roomOf(path: string): string {
  const [room, name] = path.split('/');
  return room === 'subgraphs' && name !== undefined ? `subgraphs/${name}` : (room ?? path);
}

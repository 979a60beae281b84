import { serviceOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** Services know of each other only what the gateway tells them. */
export const noSiblings: Law = {
  name: 'no-siblings',
  sentence:
    'A service never imports a sibling: what it must learn from another it asks the gateway, as a caller.',
  check: perImport((file, imported) => {
    const service = serviceOf(file.path);
    const path = ownPath(imported);
    const other = path === null ? null : serviceOf(path);
    return service === null || other === null || service === other ? null : `${service} imports ${other}`;
  }),
};

import { fileName, isIn } from '../house/rooms.ts';
import type { Import } from '../house/source.ts';
import { type Law, perImport } from './law.ts';

const mayImport = /^(store|seed)(\.test)?\.ts$|^prisma\.config\.ts$/;

/** One file per service knows the database; resolvers and rules never see a row they did not ask it for. */
export const storeAloneKnowsPrisma: Law = {
  name: 'store-alone-knows-prisma',
  sentence:
    'Only store.ts (and seed.ts, for loading; and database.ts of the kit, for the driver) imports Prisma.',
  check: perImport((file, imported) => {
    if (!leadsToPrisma(imported) || mayImport.test(fileName(file.path)) || wrapsDriver(file.path))
      return null;
    return `it imports ${imported.specifier}`;
  }),
};

/** The kit opens the connection for every store; .ci/ drives Prisma's engine. */
function wrapsDriver(path: string): boolean {
  return path === 'subgraphs/kit/database.ts' || isIn('.ci', path);
}

function leadsToPrisma({ target }: Import): boolean {
  if (target.kind === 'package') return target.name === 'prisma' || target.name.startsWith('@prisma/');
  return target.kind === 'ours' && target.path.includes('/generated/prisma/');
}

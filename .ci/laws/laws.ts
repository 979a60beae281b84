/** The laws of the house, in the order of docs/map.md's rooms. Read this table first. */
import { configAloneReadsEnvironment } from './config-alone-reads-environment.ts';
import { doorsOnly } from './doors-only.ts';
import { engineKnowsNoIdentity } from './engine-knows-no-identity.ts';
import { exportsHaveASentence } from './exports-have-a-sentence.ts';
import { fileSize } from './file-size.ts';
import { functionSize } from './function-size.ts';
import { gatewayImports } from './gateway-imports.ts';
import { indexIsADoor } from './index-is-a-door.ts';
import { kitImports } from './kit-imports.ts';
import type { Law } from './law.ts';
import { leafImports } from './leaf-imports.ts';
import { namesSaySomething } from './names-say-something.ts';
import { noCycles } from './no-cycles.ts';
import { noDefaultExports } from './no-default-exports.ts';
import { noModuleMocks } from './no-module-mocks.ts';
import { noNotesToSelf } from './no-notes-to-self.ts';
import { noSiblings } from './no-siblings.ts';
import { noTestLeftOut } from './no-test-left-out.ts';
import { peopleOnlyForSeeding } from './people-only-for-seeding.ts';
import { pureRooms } from './pure-rooms.ts';
import { refusalsHaveCodes } from './refusals-have-codes.ts';
import { releaseAloneWrites } from './release-alone-writes.ts';
import { schemaImports } from './schema-imports.ts';
import { serviceImports } from './service-imports.ts';
import { storeAloneKnowsPrisma } from './store-alone-knows-prisma.ts';
import { syntheticChipsStayOutside } from './synthetic-chips-stay-outside.ts';
import { verifierStandsAlone } from './verifier-stands-alone.ts';

/** Every law there is. */
export const laws: readonly Law[] = [
  // Who may know whom.
  schemaImports,
  kitImports,
  gatewayImports,
  engineKnowsNoIdentity,
  serviceImports,
  noSiblings,
  peopleOnlyForSeeding,
  syntheticChipsStayOutside,
  leafImports,
  verifierStandsAlone,
  doorsOnly,
  noCycles,
  // Who alone may do what.
  releaseAloneWrites,
  storeAloneKnowsPrisma,
  configAloneReadsEnvironment,
  pureRooms,
  refusalsHaveCodes,
  // How things are named and measured.
  namesSaySomething,
  indexIsADoor,
  noDefaultExports,
  exportsHaveASentence,
  fileSize,
  functionSize,
  // How things are tested, and finished.
  noModuleMocks,
  noTestLeftOut,
  noNotesToSelf,
];

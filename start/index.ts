export type { Demo, DemoPerson } from './demo.ts';
export { startEmbeddedPostgres } from './embedded-postgres.ts';
export { KeyFolder } from './keys.ts';
export { freePort } from './ports.ts';
export { serviceNames } from './service-names.ts';
export type { RoleName, ServiceName } from './service-names.ts';
export { StartError } from './start-error.ts';
export { builtWeb, startSystem } from './system.ts';
export type { System, SystemOptions } from './system.ts';

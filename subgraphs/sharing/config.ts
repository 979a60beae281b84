import type { SharingSettings } from './settings.ts';

const defaults = {
  gatewayUrl: () => null,
  systemKey: null,
  demoParties: [],
};

/** Reads the settings that are handed over; keys have no default. */
export function readSettings(given: unknown): SharingSettings {
  return Object.freeze({ ...defaults, ...(given as SharingSettings) });
}

import type { SharingSettings } from './settings.ts';

const defaults = {
  gatewayUrl: () => null,
  publicUrl: () => null,
  systemKey: null,
  keyPeriodSeconds: 30 * 24 * 3600,
  allowLoopback: false,
  claimsPerHour: 30,
  openPerParty: 3,
  declinesPerDay: 3,
  pollSeconds: 5,
  demoParties: [],
};

/** Reads the settings that are handed over; keys have no default. */
export function readSettings(given: unknown): SharingSettings {
  return Object.freeze({ ...defaults, ...(given as SharingSettings) });
}

import { at } from '../harness/client.ts';

/** Two fields of each registry and no more: which part is whose can be read off the names. */
export const PROFILE = `{ person {
  fullName permanentResidence { text }
  passports { number holderName }
  drivingLicences { number classes { class } }
  vehicles { plate brand }
  socialInsurance { number } healthInsurance { number }
} }`;

/** The fields of {@link PROFILE} by the registry that owns them. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  population: ['fullName', 'permanentResidence'],
  immigration: ['passports'],
  'driving-licences': ['drivingLicences'],
  vehicles: ['vehicles'],
  'social-insurance': ['socialInsurance', 'healthInsurance'],
};

/** The five registries. */
export const REGISTRIES = Object.keys(FIELDS);

/** The part of a profile that a registry owns. */
export function partOf(data: unknown, registry: string): readonly unknown[] {
  return (FIELDS[registry] ?? []).map((field) => at(data, 'person', field));
}

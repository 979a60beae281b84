import type { GrantedField, StoredConsent } from './checks/check-consents.ts';

/**
 * Reads what `npm run export-consents` wrote: a consent a line, as JSON.
 * @throws SyntaxError with the number of the first line that is none
 */
export function readConsents(text: string): StoredConsent[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const consent = parseLine(line);
    if (!isConsent(consent)) throw new SyntaxError(`Line ${index + 1} is no consent.`);
    return [consent];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isConsent(value: unknown): value is StoredConsent {
  if (typeof value !== 'object' || value === null) return false;
  const { id, document, fields } = value as Partial<Record<keyof StoredConsent, unknown>>;
  const isNamed = typeof id === 'string' && typeof document === 'string';
  return isNamed && Array.isArray(fields) && fields.every(isField);
}

function isField(value: unknown): value is GrantedField {
  if (typeof value !== 'object' || value === null) return false;
  const { key, claim, sensitive, separateTick } = value as Partial<Record<keyof GrantedField, unknown>>;
  const isNamed = typeof key === 'string' && typeof claim === 'string';
  return isNamed && typeof sensitive === 'boolean' && typeof separateTick === 'boolean';
}

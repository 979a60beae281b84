/** The parts of a full name, hints for greeting and sorting; the full name is the truth. */
export interface NameParts {
  /** Null for who has one name alone. */
  readonly surname: string | null;
  readonly middleName: string | null;
  readonly givenName: string | null;
}

/** Cuts a full name, family name first: the last word is the given name, whatever stands between is the middle name. */
export function namePartsOf(fullName: string): NameParts {
  const words = fullName.trim().split(/\s+/);
  const givenName = words.at(-1) ?? '';
  return {
    surname: words.length > 1 ? (words[0] ?? null) : null,
    middleName: words.length > 2 ? words.slice(1, -1).join(' ') : null,
    givenName: givenName === '' ? null : givenName,
  };
}

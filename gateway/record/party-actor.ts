import type { EntryActor } from './entry.ts';

/** A public name as the log takes it: letters, digits and the signs that organisations carry, and no number of a person. */
const NAME = /^(?!.*[0-9]{9})[\p{L}\p{M}\p{N} .,&'’"“”()/+:–-]{1,200}$/u;

/** A relying party as an entry names it; one whose name the log would not take, by its id alone. */
export function partyActor(id: string, name: string | null): EntryActor {
  const isNamed = name !== null && NAME.test(name);
  return { kind: 'relying_party', id, ...(isNamed ? { name } : {}), session: null };
}

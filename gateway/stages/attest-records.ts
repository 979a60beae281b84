import { attestHolder, unreachable } from '@dinhdanh/kit';
import { subjectsKnownTo } from '../caller.ts';
import type { Caller } from '../caller.ts';
import type { Attest } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';

/**
 * Checks whose records came back: each must be attested for the subject that was asked for, or, where no subject was named,
 * for anybody this caller may read. `jtis` has that of the token each step was last asked with.
 */
export function openAttest(
  exchange: Exchange,
  jtis: ReadonlyMap<number, string>,
  { callerKey }: Pick<Rooms, 'callerKey'>,
): Attest {
  const expected = new Map<string, Holders>();
  return ({ service, step, key, value }) => {
    const jti = jtis.get(step) ?? unreachable('an attestation without a call');
    const subject = typeof key?.['subject'] === 'string' ? key['subject'] : null;
    const place = `${jti} ${subject ?? ''}`;
    let holders = expected.get(place);
    if (holders === undefined) {
      const identifiers = identifiersOf(filled(exchange, 'caller'), subject);
      holders = new Holders(identifiers, (identifier) => attestHolder(callerKey(service), jti, identifier));
      expected.set(place, holders);
    }
    return typeof value === 'string' && holders.has(value);
  };
}

/** The attestations that records may carry: each made once, and only when those before it were another's. */
class Holders {
  readonly #identifiers: readonly string[];
  readonly #attest: (identifier: string) => string;
  readonly #made: string[] = [];

  constructor(identifiers: readonly string[], attest: (identifier: string) => string) {
    this.#identifiers = identifiers;
    this.#attest = attest;
  }

  has(value: string): boolean {
    if (this.#made.includes(value)) return true;
    for (let at = this.#made.length; at < this.#identifiers.length; at += 1) {
      const made = this.#attest(this.#identifiers[at] ?? '');
      this.#made.push(made);
      if (made === value) return true;
    }
    return false;
  }
}

/** All identifiers of a subject, or of everybody the caller may read: those in force first, as most rows carry them. */
function identifiersOf(caller: Caller, subject: string | null): readonly string[] {
  return subjectsKnownTo(caller)
    .filter(({ subject: known }) => subject === null || known === subject)
    .flatMap(({ ids }) => [ids.personalNumber, ...ids.cancelledNumbers, ids.oldIdNumber, ...ids.passports])
    .filter((identifier) => identifier !== null);
}

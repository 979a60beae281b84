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
  /** By the step that asks. */
  const expected: OfCall[] = [];
  return ({ service, step, key, value }) => {
    const jti = jtis.get(step) ?? unreachable('an attestation without a call');
    const subject = typeof key?.['subject'] === 'string' ? key['subject'] : null;
    let ofCall = expected[step];
    if (ofCall?.jti !== jti) expected[step] = ofCall = { jti, bySubject: new Map() };
    let holders = ofCall.bySubject.get(subject);
    if (holders === undefined) {
      holders = new Holders(identifiersOf(filled(exchange, 'caller'), subject), callerKey(service), jti);
      ofCall.bySubject.set(subject, holders);
    }
    return typeof value === 'string' && holders.has(value);
  };
}

/** What the last call of a step may bring, by the subject that was named. */
interface OfCall {
  readonly jti: string;
  readonly bySubject: Map<string | null, Holders>;
}

/** The attestations that records may carry: each made once, and only when those before it were another's. */
class Holders {
  readonly #identifiers: readonly string[];
  readonly #key: Buffer;
  readonly #jti: string;
  readonly #made: string[] = [];

  constructor(identifiers: readonly string[], key: Buffer, jti: string) {
    this.#identifiers = identifiers;
    this.#key = key;
    this.#jti = jti;
  }

  has(value: string): boolean {
    if (this.#made.includes(value)) return true;
    for (let at = this.#made.length; at < this.#identifiers.length; at += 1) {
      const made = attestHolder(this.#key, this.#jti, this.#identifiers[at] ?? '');
      this.#made.push(made);
      if (made === value) return true;
    }
    return false;
  }
}

/** All identifiers of a subject, or of everybody the caller may read: those in force first, as most rows carry them. */
function identifiersOf(caller: Caller, subject: string | null): readonly string[] {
  const identifiers: string[] = [];
  for (const { subject: known, ids } of subjectsKnownTo(caller)) {
    if (subject !== null && known !== subject) continue;
    identifiers.push(ids.personalNumber, ...ids.cancelledNumbers);
    if (ids.oldIdNumber !== null) identifiers.push(ids.oldIdNumber);
    identifiers.push(...ids.passports);
  }
  return identifiers;
}

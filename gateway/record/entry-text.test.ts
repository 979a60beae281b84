import { keepText } from '@dinhdanh/kit';
import type { ActorKind } from '@dinhdanh/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AppendEntry, EntryActor, EntryDetail } from './entry.ts';
import { entryText } from './entry-text.ts';

/** Every member, so that one that comes to be is written too. */
type EveryMember<T> = { readonly [Member in keyof T]-?: fc.Arbitrary<Exclude<T[Member], undefined>> };

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.uuid(), fc.constant('Decree 47/2020/NĐ-CP, art. 45'));
const list = fc.array(text);
const orNull = fc.option(text);

const actorMembers: EveryMember<EntryActor> = {
  kind: fc.constantFrom<ActorKind>('person', 'relying_party', 'system'),
  number: text,
  id: text,
  name: text,
  session: orNull,
};
const detailMembers: EveryMember<EntryDetail> = { fields: list, address: orNull, device: orNull };
const members: EveryMember<AppendEntry> = {
  time: text,
  event: fc.constantFrom('intent', 'denied', 'aborted', 'audit-read', 'consent-change'),
  actor: fc.record(actorMembers, { requiredKeys: ['kind', 'session'] }),
  subjects: list,
  pseudonyms: list,
  purpose: text,
  legalBasis: text,
  consentId: orNull,
  caseId: orNull,
  claims: list,
  sources: list,
  refusal: orNull,
  operationHash: orNull,
  policyVersion: text,
  requestId: text,
  level: fc.constantFrom(0, 1, 2),
  completes: fc.option(fc.maxSafeNat()),
  completesOrigin: text,
  detail: fc.record(detailMembers),
};
const required = Object.keys(members).filter(
  (name) => !['pseudonyms', 'completesOrigin', 'detail'].includes(name),
) as Exclude<keyof AppendEntry, 'pseudonyms' | 'completesOrigin' | 'detail'>[];

test('an entry is written whole, whatever stands in it and whether its lists are kept or not', () => {
  fc.assert(
    fc.property(fc.record(members, { requiredKeys: required }), fc.boolean(), (entry, isKept) => {
      if (isKept) for (const each of [entry.claims, entry.detail?.fields ?? []]) keepText(each);
      expect(JSON.parse(entryText(entry))).toEqual(JSON.parse(JSON.stringify(entry)));
    }),
  );
});

import { readSupergraph } from '@dinhdanh/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexClaims } from '../claim-index.ts';
import { anonymous, systemCaller } from '../caller.ts';
import type { Caller } from '../caller.ts';
import { createEngine } from '../engine/index.ts';
import type { CompiledOperation, Payload, RefusedLeaf } from '../engine/index.ts';
import { citizen } from '../fixtures/fake-services.ts';
import { claimNames } from './claim-names.ts';
import { composeEntries } from './compose-entries.ts';
import type { RequestFacts } from './compose-entries.ts';
import type { AppendEntry } from './entry.ts';
import { hashOperation, recordPlan } from './plan-record.ts';
import { policyVersionOf } from './policy-version.ts';

const engine = await createEngine({
  supergraph: readSupergraph(),
  attestationField: 'holder',
  knownCodes: [],
});
const claims = indexClaims(engine.schema);
const policyVersion = policyVersionOf(engine.schema);

/** What somebody could mistake for a name of a field: none of it may stand in an entry. */
const VALUE = 'NGUYỄN VĂN GIÁ TRỊ';
const SEARCHED = '097188000999';
const [SELF, WARD] = ['097190000011', '097220000022'];

const PARTS = [
  'person { fullName }',
  'person { __typename sex dateOfBirth nationality }',
  'person { a: ageOver(years: 18) b: ageOver(years: 60) c: ageOver(years: 1234567890) }',
  'person { ... on Citizen { religion fullName deathDate } ... on ForeignResident { residenceCard { number } } }',
  'person { vehicles { plate source { database } inspection { validTo } } drivingLicences { number } }',
  'person { socialInsurance { number totalMonths } healthInsurance { number benefitLevel } }',
  'me { status level dependants { id relation person { fullName ageOver(years: 6) } } }',
  'me { linkedDocuments { id kind document { __typename ... on Vehicle { plate } } } }',
  'accessHistory(first: 5, others: true) { nodes { index actor { kind name id } claims } pageInfo { endCursor } }',
  `accessLog(filter: { person: { number: "${SEARCHED}", reason: COMPLAINT } }) { nodes { index subjects } }`,
  `accessProof(origin: "${VALUE}", index: 3) { entry proof }`,
  'populationChanges(first: 10) { nodes { cursor kind } pageInfo { hasNextPage } }',
  '__schema { queryType { name } }',
] as const;

const callers: Readonly<Record<string, Caller>> = {
  person: person([]),
  guardian: person([{ id: 'relation', subject: 'ward', ids: citizen(WARD) }]),
  auditor: { ...anonymous, kind: 'auditor', id: 'staff-1', sessionId: 'sid' },
  system: systemCaller('accounts'),
  party: {
    ...person([]),
    kind: 'relying_party',
    id: 'hotel-1',
    sessionId: null,
    grant: {
      consentId: 'consent-1',
      clientId: 'hotel-1',
      legalName: 'Khách sạn Sen Vàng',
      leaves: new Set(),
      purpose: 'hotel_check_in',
      legalBasis: 'Law 91/2025/QH15, art. 9',
    },
  },
  anonymous,
};

function person(dependants: Caller['dependants']): Caller {
  return {
    ...anonymous,
    kind: 'person',
    id: 'account-1',
    sessionId: 'sid',
    level: 2,
    self: { subject: 'self', ids: citizen(SELF) },
    dependants,
  };
}

const CODES = ['NOT_PERMITTED', 'PASSCODE_REQUIRED', 'LEVEL_REQUIRED'];

/** One request: an operation, who asks, what is refused, and which of the plan's lists the sources brought. */
const requests = fc.record({
  parts: fc.subarray([...PARTS], { minLength: 1, maxLength: 5 }),
  caller: fc.constantFrom(...Object.keys(callers)),
  refuse: fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...CODES)), { maxLength: 12 }),
  bring: fc.infiniteStream(fc.boolean()),
  failing: fc.array(fc.tuple(fc.nat(60), fc.nat(4), fc.boolean()), { maxLength: 4 }),
  asked: fc.subarray(['population', 'accounts', 'vehicles', 'access-log']),
});

type Request = typeof requests extends fc.Arbitrary<infer Made> ? Made : never;

async function compile({ parts, refuse }: Pick<Request, 'parts' | 'refuse'>): Promise<CompiledOperation> {
  const prepared = engine.prepare({ query: `{ ${parts.join(' ')} }` });
  const refused = new Map<number, RefusedLeaf>();
  for (const [id, code] of refuse) if (id < prepared.leaves.length) refused.set(id, { code });
  return engine.plan(prepared, refused);
}

/** Every list of leaves that a source could bring. */
function lists({ plan }: CompiledOperation): readonly (readonly number[])[] {
  return plan.steps.flatMap(({ root, groups }) => [
    ...(root === null ? [] : [root.leaves]),
    ...groups.flatMap(({ kinds }) => [...kinds.values()].map(({ leaves }) => leaves(-1))),
  ]);
}

async function factsOf(request: Request): Promise<RequestFacts> {
  return factsOfPlan(request, await compile(request));
}

function factsOfPlan(request: Request, compiled: CompiledOperation): RequestFacts {
  const { leaves } = compiled.prepared;
  const released: Payload['released'] = lists(compiled)
    .filter(() => request.bring.next().value)
    .map((ids) => ({ source: 'population', key: { subject: 'self', fullName: VALUE }, leaves: ids }));
  const errors: Payload['errors'] = request.failing.flatMap(([id, depth, isInList]) => {
    const path = leaves[id]?.path.slice(0, depth + 1) ?? [];
    return path.length === 0 ? [] : [{ code: 'SOURCE_UNAVAILABLE', path: isInList ? [...path, 0] : path }];
  });
  const bytes = `{"data":${JSON.stringify({ populationChanges: { nodes: [{ cursor: VALUE }] } })},"extensions":{`;
  return {
    requestId: 'request-1',
    now: new Date('2026-11-21T03:04:05.678Z'),
    caller: callers[request.caller] ?? anonymous,
    caseId: null,
    address: 'hash-of-address',
    device: 'phone',
    leaves,
    refused: compiled.refused,
    plan: recordPlan(compiled, claims),
    policyVersion,
    asked: new Set(request.asked),
    pseudonyms: new Set(),
    auditReason: null,
    payload: { bytes, released, errors },
  };
}

/** The names under which leaves may stand in an entry. */
function namesOf({ plan, leaves }: RequestFacts, ids: Iterable<number>): Set<string> {
  return new Set(
    [...ids].flatMap((id) => {
      const record = plan.leaves[id];
      return record === undefined ? [] : claimNames(record, leaves[id]?.args ?? {});
    }),
  );
}

const allowedIds = ({ leaves, refused }: RequestFacts): number[] =>
  leaves.map(({ id }) => id).filter((id) => !refused.has(id));

const isSortedSet = (list: readonly string[]): boolean =>
  list.every((item, at) => at === 0 || (list[at - 1] ?? '') < item);

const holds = (check: (facts: RequestFacts, entries: readonly AppendEntry[]) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const facts = await factsOf(request);
      check(facts, composeEntries(facts));
    }),
    { numRuns: 150 },
  );

describe('whatever is asked, by whomever, and whatever comes of it', () => {
  test('no value of data and nothing a client wrote is in an entry; numbers only of the actor and the subjects', async () => {
    await holds((_, entries) => {
      for (const { actor, subjects, ...rest } of entries) {
        expect(JSON.stringify(rest)).not.toMatch(/\d{9}|NGUYỄN/);
        expect([undefined, SELF]).toContain(actor.number);
        for (const subject of subjects) expect([SELF, WARD]).toContain(subject);
      }
    });
  });

  test('claims of what was released are those of leaves that were asked for and not refused', async () => {
    await holds((facts, entries) => {
      const asked = namesOf(facts, allowedIds(facts));
      for (const { refusal, claims: named } of entries) {
        if (refusal === null) for (const name of named) expect(asked).toContain(name);
      }
    });
  });

  test('an entry of a release names something; they come first, one of one’s own record and one of wards’ at most', async () => {
    await holds((_, entries) => {
      const released = entries.filter(({ refusal }) => refusal === null);
      expect(entries.slice(0, released.length)).toEqual(released);
      expect(new Set(released.map(({ subjects }) => subjects.includes(WARD))).size).toBe(released.length);
      for (const { claims: named, event } of released) {
        expect(named.length).toBeGreaterThan(0);
        expect(['intent', 'audit-read']).toContain(event);
      }
      for (const { event, refusal } of entries) if (refusal !== null) expect(event).toBe('denied');
    });
  });

  test('nobody is told of a reading that was not about them: own and wards’ never share an entry', async () => {
    await holds((facts, entries) => {
      const isWard = (id: number): boolean => facts.plan.leaves[id]?.isWard ?? false;
      const ofWards = namesOf(facts, allowedIds(facts).filter(isWard));
      const own = namesOf(
        facts,
        allowedIds(facts).filter((id) => !isWard(id)),
      );
      for (const { actor, subjects, claims: named, refusal } of entries) {
        expect(subjects.includes(SELF) && subjects.includes(WARD) && named.length > 0).toBe(false);
        if (refusal !== null || facts.caller.kind === 'system') continue;
        const isOfWards = actor.kind === 'representative';
        expect(subjects.includes(WARD)).toBe(isOfWards);
        for (const name of named) expect(isOfWards ? ofWards : own).toContain(name);
      }
    });
  });

  test('each code of a refusal by policy has one entry a capacity, with the claims of just those leaves', async () => {
    await holds((facts, entries) => {
      if (facts.caller.kind === 'anonymous') return expect(entries).toEqual([]);
      const { refused, plan } = facts;
      if (!plan.isClaimed) return;
      const groups = Map.groupBy(refused.keys(), (id) =>
        [refused.get(id)?.code, plan.leaves[id]?.isWard === true ? 'ward' : 'own'].join(' '),
      );
      const denied = entries.filter(
        ({ event, refusal }) => event === 'denied' && CODES.includes(refusal ?? ''),
      );
      const told = ({ refusal, claims: named }: Pick<AppendEntry, 'refusal' | 'claims'>): string =>
        `${refusal} ${named.join(' ')}`;
      const expected = [...groups].map(([key, ids]) =>
        told({ refusal: key.split(' ')[0] ?? '', claims: [...namesOf(facts, ids)].toSorted() }),
      );
      expect(denied.map(told).toSorted()).toEqual(expected.toSorted());
    });
  });

  test('it is as the log will have it: every field of its form, lists sorted, each item once', async () => {
    await holds((_, entries) => {
      for (const entry of entries) {
        for (const list of [entry.claims, entry.sources, entry.subjects, entry.detail?.fields ?? []])
          expect(isSortedSet(list)).toBe(true);
        for (const name of entry.claims)
          expect(name).toMatch(
            /^[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*){0,5}(\([a-z][A-Za-z]*:[A-Za-z0-9_-]{1,20}\))?$/,
          );
        expect(entry.purpose).toMatch(/^[a-z][a-z0-9_.-]{0,79}$/);
        expect(entry.legalBasis).toMatch(/^[\p{L}\p{N} ./,()-]{1,120}$/u);
        expect(entry.refusal ?? 'NONE').toMatch(/^[A-Z][A-Z0-9_]{0,63}$/);
        expect(entry.operationHash).toMatch(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
        expect(entry.policyVersion).toMatch(/^[A-Za-z0-9._~:/@-]{1,200}$/);
        expect((entry.actor.number === undefined) !== (entry.actor.id === undefined)).toBe(true);
      }
    });
  });

  test('a plan seen before gives the same entries as one seen for the first time', async () => {
    await fc.assert(
      fc.asyncProperty(
        requests,
        fc.array(fc.infiniteStream(fc.boolean()), { maxLength: 3 }),
        async (request, before) => {
          const compiled = await compile(request);
          const plan = recordPlan(compiled, claims);
          for (const bring of before)
            composeEntries({ ...factsOfPlan({ ...request, bring }, compiled), plan });
          const facts = factsOfPlan(request, compiled);
          expect(composeEntries({ ...facts, plan })).toEqual(composeEntries(facts));
        },
      ),
    );
  });
});

test('a refused leaf that shares its field with an allowed one is brought along, and not named', async () => {
  const facts = await factsOf({
    parts: ['person { fullName ... on Citizen { fullName } }' as (typeof PARTS)[number]],
    caller: 'person',
    refuse: [[1, 'NOT_PERMITTED']],
    failing: [],
    asked: ['population'],
    bring: everything(),
  });
  expect(facts.leaves[1]?.coordinate).toBe('Citizen.fullName');
  expect(
    lists(
      await compile({
        parts: ['person { fullName ... on Citizen { fullName } }' as never],
        refuse: [[1, 'NOT_PERMITTED']],
      }),
    ).flat(),
  ).toContain(1);
  expect(composeEntries(facts).map(({ event, claims: named }) => [event, named])).toEqual([
    ['intent', ['identity.basic']],
    ['denied', ['identity.basic', 'identity.kind']],
  ]);
});

/** As if every source had brought all it was asked for. */
function everything(): Request['bring'] {
  return fc.sample(fc.infiniteStream(fc.constant(true)), 1)[0] ?? expect.unreachable();
}

test('what an error of the answer says to be null was not released, but for a null in one item of a list', async () => {
  const request = {
    parts: [PARTS[0], PARTS[4]],
    caller: 'person',
    refuse: [],
    failing: [],
    asked: ['population'],
  };
  const facts = await factsOf({ ...request, bring: everything() });
  const after = (...path: (string | number)[]): readonly string[] => {
    const errors = [{ code: 'NOT_FOUND', path }];
    const payload = { ...(facts.payload as Payload), errors };
    return composeEntries({ ...facts, payload })[0]?.claims ?? [];
  };
  const all = after('elsewhere');
  expect(after('person', 'vehicles', 3, 'inspection')).toEqual(all);
  expect(all).toContain('vehicle.inspection');
  expect(after('person', 'vehicles')).toEqual(all.filter((claim) => !claim.startsWith('vehicle')));
  expect(after('person')).toEqual([]);
});

describe('the names of claims', () => {
  const leaf = { ids: ['age.over', 'identity.kind'], argumentNames: ['years'] };

  test.each([
    [{ years: 18 }, ['age.over(years:18)', 'identity.kind']],
    [{ years: -1 }, ['age.over(years:-1)', 'identity.kind']],
    [{ years: 1_234_567_890 }, ['age.over', 'identity.kind']],
    [{ years: '097190000011' }, ['age.over', 'identity.kind']],
    [{ years: { number: 1 } }, ['age.over', 'identity.kind']],
    [{}, ['age.over', 'identity.kind']],
    [{ years: 'NGUYỄN VĂN AN' }, ['age.over', 'identity.kind']],
    [{ years: 'PRE_2025' }, ['age.over(years:PRE_2025)', 'identity.kind']],
  ])('with arguments %j', (args, names) => {
    expect(claimNames(leaf, args)).toEqual(names);
  });
});

describe('the hash of an operation', () => {
  const hash = (query: string): string => hashOperation(engine.prepare({ query }).shapeKey, new Set());

  test('is the same whatever number, name or time is written into it', () => {
    const search = (number: string, from: string, first: number): string => {
      const filter = `{ person: { number: "${number}", reason: COMPLAINT }, from: "${from}" }`;
      return hash(`{ accessLog(filter: ${filter}, first: ${first}) { nodes { index } } }`);
    };
    const one = search('097190000011', '2026-01-01T00:00:00Z', 5);
    expect(search('097188000922', '2025-05-05T00:00:00Z', 250)).toBe(one);
    expect(search(String.raw`a\"b: 1} 7 c`, '', -3)).toBe(one);
  });

  test('differs by what is asked and by what was refused', () => {
    const { shapeKey } = engine.prepare({ query: '{ person { fullName sex } }' });
    expect(new Set([[], [0], [1], [0, 1]].map((ids) => hashOperation(shapeKey, new Set(ids)))).size).toBe(4);
    expect(hash('{ person { fullName } }')).not.toBe(hash('{ person { sex } }'));
  });
});

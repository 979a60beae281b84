import { persona } from '@dinhdanh/people';
import type { PersonaKey } from '@dinhdanh/people';
import { service } from '@dinhdanh/population';
import { openRegistrar } from '@dinhdanh/population/registrar';
import type { Registrar } from '@dinhdanh/population/registrar';
import { seed } from '@dinhdanh/population/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerOf, entities, failures, startRegistry, subjectOf } from './registry-under-test.ts';
import type { RegistryUnderTest } from './registry-under-test.ts';

let registry: RegistryUnderTest;
let registrar: Registrar;
/** Personal numbers of grown-up strangers, drawn. */
let strangers: string[];

beforeAll(async () => {
  registry = await startRegistry(service, seed);
  registrar = openRegistrar({ databaseUrl: registry.databaseUrl, clock: registry.clock.read });
  const rows = await registry.sql<{ personal_number: string }>(
    `SELECT personal_number FROM citizens WHERE id >= 0 AND date_of_birth < '2000' AND status = 'ACTIVE'
     AND eid_status = 'ACTIVE' AND previous_numbers = '{}' ORDER BY id LIMIT 12`,
  );
  strangers = rows.map(({ personal_number: number }) => number);
});
afterAll(async () => {
  await registrar.close();
  await registry.stop();
});

const numberOf = (key: PersonaKey): string => persona(key).account.identifiers?.personalNumber ?? '';
const stranger = (place: number): string => strangers[place] ?? '';

/** One citizen's fields, as the registry answers them. */
async function recordOf(personalNumber: string, selection: string): Promise<Record<string, unknown>> {
  const asked = subjectOf('asked', { personalNumber });
  const reference = { __typename: 'Citizen', subject: 'asked' };
  const answer = await entities(registry, `... on Citizen { ${selection} }`, [reference], callerOf(asked));
  expect(answer.body.errors).toBeUndefined();
  return answer.body.data._entities[0];
}

const CHANGES = `query ($after: String, $first: Int) { populationChanges(after: $after, first: $first) {
  nodes { cursor at kind keys { role value } } pageInfo { hasNextPage endCursor } } }`;
const SYSTEM = { act: { kind: 'system', id: 'accounts' } } as const;

interface Told {
  readonly cursor: string;
  readonly kind: string;
  readonly keys: readonly { readonly role: string; readonly value: string }[];
}

/** The changes that something made, oldest first. */
async function changesOf(work: () => Promise<void>): Promise<[kind: string, keys: Record<string, string>][]> {
  const [last] = await registry.sql<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM changes');
  await work();
  const answer = await registry.client.ask(CHANGES, { after: last?.id ?? '0' }, SYSTEM);
  const nodes: Told[] = answer.body.data.populationChanges.nodes;
  return nodes.map(({ kind, keys }) => [
    kind,
    Object.fromEntries(keys.map(({ role, value }) => [role, value])),
  ]);
}

const codeOf = (refused: Promise<unknown>): Promise<unknown> =>
  refused.then(
    () => 'done',
    (error: { code: string; detail: { reason?: string } }) => error.detail.reason ?? error.code,
  );

describe('a guardianship', () => {
  it('stands in both records from its appointment to its end, and is told twice', async () => {
    const [ward, guardian] = [stranger(0), stranger(1)];
    const { fullName } = await recordOf(guardian, 'fullName');
    const appointed = await changesOf(() => registrar.appointGuardian(ward, guardian));
    expect(appointed).toEqual([['RELATION_RECORDED', { GUARDIAN: guardian, WARD: ward }]]);
    expect(await recordOf(ward, 'legalRepresentative { fullName relation }')).toEqual({
      legalRepresentative: { fullName, relation: 'GUARDIAN' },
    });
    expect((await recordOf(guardian, 'represented { relation }'))['represented']).toContainEqual({
      relation: 'WARD',
    });
    expect(await codeOf(registrar.appointGuardian(ward, stranger(2)))).toBe('POPULATION_GUARDIAN_RECORDED');

    const ended = await changesOf(() => registrar.endGuardianship(ward, guardian));
    expect(ended).toEqual([['RELATION_ENDED', { GUARDIAN: guardian, WARD: ward }]]);
    expect(await recordOf(ward, 'legalRepresentative { fullName }')).toEqual({ legalRepresentative: null });
    expect((await recordOf(guardian, 'represented { relation }'))['represented']).not.toContainEqual({
      relation: 'WARD',
    });
    expect(await codeOf(registrar.endGuardianship(ward, guardian))).toBe('NOT_FOUND');
  });

  it('takes the place of the parent who represented the ward', async () => {
    const ward = numberOf('minor');
    const [before] = await registry.sql<{ personal_number: string }>(
      `SELECT personal_number FROM related_persons WHERE part = 'REPRESENTATIVE'
       AND citizen_id = (SELECT id FROM citizens WHERE personal_number = $1)`,
      [ward],
    );
    await registrar.appointGuardian(ward, stranger(3));
    const parts = await registry.sql<{ personal_number: string }>(
      `SELECT personal_number FROM related_persons WHERE part = 'REPRESENTATIVE'
       AND citizen_id = (SELECT id FROM citizens WHERE personal_number = $1)`,
      [ward],
    );
    expect(before).toBeDefined();
    expect(parts).toEqual([{ personal_number: stranger(3) }]);
    const left = await registry.sql(
      `SELECT 1 FROM related_persons WHERE part = 'REPRESENTED' AND personal_number = $1
       AND citizen_id = (SELECT id FROM citizens WHERE personal_number = $2)`,
      [ward, before?.personal_number],
    );
    expect(left).toEqual([]);
  });
});

describe('a parenthood', () => {
  it('takes the place of the one recorded before, whose end is told as well', async () => {
    const [child, first, second] = [stranger(4), stranger(5), stranger(6)];
    const { fullName } = await recordOf(second, 'fullName');
    expect(await changesOf(() => registrar.registerParent(child, first, 'MOTHER'))).toContainEqual([
      'RELATION_RECORDED',
      { MOTHER: first, CHILD: child },
    ]);
    expect(await changesOf(() => registrar.registerParent(child, second, 'MOTHER'))).toEqual([
      ['RELATION_ENDED', { MOTHER: first, CHILD: child }],
      ['RELATION_RECORDED', { MOTHER: second, CHILD: child }],
    ]);
    expect(await recordOf(child, 'mother { fullName relation }')).toEqual({
      mother: { fullName, relation: 'MOTHER' },
    });
    expect(await changesOf(() => registrar.registerParent(child, second, 'MOTHER'))).toEqual([]);
    expect(await changesOf(() => registrar.endParenthood(child, second, 'MOTHER'))).toEqual([
      ['RELATION_ENDED', { MOTHER: second, CHILD: child }],
    ]);
    expect(await recordOf(child, 'mother { fullName }')).toEqual({ mother: null });
    expect(await codeOf(registrar.endParenthood(child, second, 'MOTHER'))).toBe('NOT_FOUND');
  });
});

describe('a personal number', () => {
  const replacement = '097199000888';

  it('that is replaced stays with the record as a cancelled one and is renewed wherever it stands', async () => {
    const current = numberOf('level2');
    const changes = await changesOf(() => registrar.replaceNumber(current, replacement));
    expect(changes).toEqual([['NUMBER_REPLACED', { PERSON: replacement, PREVIOUS_NUMBER: current }]]);
    expect(await recordOf(replacement, 'personalNumber previousNumbers')).toEqual({
      personalNumber: replacement,
      previousNumbers: [current],
    });
    const stale = await registry.sql(
      `SELECT 1 FROM related_persons WHERE personal_number = $1
       UNION ALL SELECT 1 FROM household_members WHERE personal_number = $1`,
      [current],
    );
    expect(stale).toEqual([]);
    expect(await codeOf(registrar.recordDeath(current, '2026-11-20'))).toBe('NOT_FOUND');
  });

  it('is never given twice, not even one that was cancelled', async () => {
    const before = await registry.sql('SELECT count(*) FROM changes');
    expect(await codeOf(registrar.replaceNumber(stranger(7), stranger(8)))).toBe('POPULATION_NUMBER_TAKEN');
    expect(await codeOf(registrar.replaceNumber(stranger(7), numberOf('level2')))).toBe(
      'POPULATION_NUMBER_TAKEN',
    );
    expect(await registry.sql('SELECT count(*) FROM changes')).toEqual(before);
  });
});

describe('a death', () => {
  it('is recorded once and locks the electronic identity', async () => {
    const number = stranger(9);
    const changes = await changesOf(() => registrar.recordDeath(number, '2026-11-20'));
    expect(changes).toEqual([
      ['PERSON_DIED', { PERSON: number }],
      ['ELECTRONIC_IDENTITY_CHANGED', { PERSON: number }],
    ]);
    expect(await recordOf(number, 'status deathDate eIdentity { status lockReason lockedAt }')).toEqual({
      status: 'DECEASED',
      deathDate: '2026-11-20',
      eIdentity: { status: 'LOCKED', lockReason: 'DEATH', lockedAt: '2026-11-21T03:00:00.000Z' },
    });
    expect(await codeOf(registrar.recordDeath(number, '2026-11-20'))).toBe('POPULATION_DEATH_RECORDED');
  });
});

describe('a correction', () => {
  it('sets the name and tells that, never the name', async () => {
    const number = stranger(10);
    const changes = await changesOf(() => registrar.correctIdentity(number, { fullName: 'Lê Đổi Tên' }));
    expect(changes).toEqual([['PERSON_CORRECTED', { PERSON: number }]]);
    expect(await recordOf(number, 'fullName')).toEqual({ fullName: 'Lê Đổi Tên' });
  });

  it('of a card’s state is told by the card and the number in force', async () => {
    const ref = persona('level1').records.population?.identityCard?.ref ?? '';
    const number = numberOf('level1');
    const changes = await changesOf(() => registrar.changeCardStatus(ref, 'LOST'));
    expect(changes).toEqual([['CARD_CHANGED', { PERSON: number, DOCUMENT: ref }]]);
    expect(await recordOf(number, 'identityCard { cardStatus }')).toEqual({
      identityCard: { cardStatus: 'LOST' },
    });
    const told = async (status: 'HELD' | 'VALID') =>
      (await changesOf(() => registrar.changeCardStatus(ref, status))).map(([kind]) => kind);
    expect(await told('HELD')).toEqual(['CARD_CHANGED', 'CARD_WITHDRAWN']);
    expect(await told('VALID')).toEqual(['CARD_CHANGED', 'CARD_IN_FORCE']);
    expect(await codeOf(registrar.changeCardStatus('no-such-card', 'LOST'))).toBe('NOT_FOUND');
  });
});

describe('a card that its date ends', () => {
  it('is told of on the day after its last one, once, and another card in force keeps the account', async () => {
    const [one, two] = [stranger(10), stranger(11)];
    const card = (ref: string, number: string, expiry: string | null): Promise<unknown> =>
      registry.sql(
        `INSERT INTO identity_cards (ref, citizen_id, personal_number, document_type, card_number, issue_date, expiry_date,
           issue_place, card_status, fingerprint_enrolled, iris_enrolled, verified_at, assurance, synthetic)
         SELECT $1, id, $2, 'CCCD_CHIP', $2, '2021-11-22', $3, 'x', 'VALID', true, true, now(), 'DOCUMENT', true
         FROM citizens WHERE personal_number = $2`,
        [ref, number, expiry],
      );
    await registry.sql('DELETE FROM identity_cards WHERE personal_number = ANY($1)', [[one, two]]);
    await card('ends', one, '2026-11-22');
    await card('ends too', two, '2026-11-22');
    await card('stays', two, null);
    const told = () => changesOf(async () => void (await registrar.tellEndedCards()));
    const ours = (changes: Awaited<ReturnType<typeof told>>) =>
      changes.filter(([, keys]) => keys['PERSON'] === one || keys['PERSON'] === two);
    // What had ended before anybody looked is no news; on its last day the card is in force.
    expect(await told()).toEqual([]);
    registry.clock.advance(86_400);
    expect(ours(await told())).toEqual([]);
    registry.clock.advance(86_400);
    expect(ours(await told())).toEqual([
      ['CARD_CHANGED', { PERSON: one, DOCUMENT: 'ends' }],
      ['CARD_EXPIRED', { PERSON: one, DOCUMENT: 'ends' }],
      ['CARD_CHANGED', { PERSON: two, DOCUMENT: 'ends too' }],
    ]);
    expect(await told()).toEqual([]);
    expect(await changesOf(() => registrar.changeCardStatus('ends', 'VALID'))).toEqual([
      ['CARD_CHANGED', { PERSON: one, DOCUMENT: 'ends' }],
      ['CARD_EXPIRED', { PERSON: one, DOCUMENT: 'ends' }],
    ]);
  });
});

describe('changes', () => {
  it.each(['person', 'officer', 'auditor', 'relying_party', 'applicant'] as const)(
    'are refused to a caller who is %s',
    async (kind) => {
      const answer = await registry.client.ask(CHANGES, {}, { act: { kind, id: 'somebody' } });
      expect(failures(answer)).toEqual([['NOT_PERMITTED', 'populationChanges']]);
    },
  );

  it('are paged without a gap, and positions grow in the order of the commits', async () => {
    const [ward, guardian] = [stranger(11), stranger(1)];
    await Promise.all([
      registrar.appointGuardian(ward, guardian),
      ...[2, 5, 6, 7, 8].map((place) =>
        registrar.correctIdentity(stranger(place), { fullName: `Trần Thử ${place}` }),
      ),
    ]);
    const all = await registry.client.ask(CHANGES, { first: 100 }, SYSTEM);
    const cursors: string[] = [];
    let after: string | null = null;
    for (;;) {
      const answer = await registry.client.ask(CHANGES, { first: 3, after }, SYSTEM);
      const page: { nodes: Told[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        answer.body.data.populationChanges;
      cursors.push(...page.nodes.map(({ cursor }) => cursor));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(cursors).toEqual(all.body.data.populationChanges.nodes.map(({ cursor }: Told) => cursor));
    expect(cursors.length).toBeGreaterThan(10);
  });

  it('wait for one another: none is stored under a position that has been passed already', async () => {
    const slow = registry.sql(
      `BEGIN; INSERT INTO changes (kind, keys) VALUES ('PERSON_RECORDED', '[]');
       SELECT pg_sleep(1); COMMIT`,
    );
    await expect
      .poll(() =>
        registry.sql(
          `SELECT 1 FROM pg_locks WHERE relation = 'changes'::regclass AND mode = 'RowExclusiveLock'`,
        ),
      )
      .toHaveLength(1);
    await registrar.correctIdentity(stranger(2), { fullName: 'Trần Sau' });
    const [last, before] = await registry.sql<{ kind: string }>(
      'SELECT kind FROM changes ORDER BY id DESC LIMIT 2',
    );
    await slow;
    expect([before?.kind, last?.kind]).toEqual(['PERSON_RECORDED', 'PERSON_CORRECTED']);
  });
});

import { seed } from '@dinhdanh/accounts/seed';
import { seedOnce } from '@dinhdanh/kit';
import { cast, organisations, people } from '@dinhdanh/people';
import type { AccountRecord, PersonaKey } from '@dinhdanh/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { countStatements, untilQuiet } from '../harness/service-database.ts';
import { attempt, callerOf, from, resolve, startAccounts } from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';

const OPTIONS = { seed: 'dinhdanh', people: 1_500, today: '2026-11-21' } as const;

let accounts: AccountsUnderTest;
const progress: number[] = [];

beforeAll(async () => {
  accounts = await startAccounts();
  const options = {
    ...OPTIONS,
    databaseUrl: accounts.databaseUrl,
    progress: (done: number) => void progress.push(done),
  };
  await seedOnce(options, seed);
});
afterAll(() => accounts.stop());

async function resolved(key: PersonaKey) {
  const persona = cast.find((one) => one.key === key);
  const { password = '', passcode = '', account } = persona ?? {};
  const answer = await attempt(accounts.client, { username: account?.username ?? '', password, passcode });
  return resolve(accounts.client, answer.body.data.signIn.token);
}

describe('the seeded accounts', () => {
  it.each(cast.map(({ key, account }) => [key, account] as const))(
    'let %s in as cast.json states them',
    async (key, account) => {
      const caller = await resolved(key);
      expect(caller).toMatchObject({
        actor: { id: account.subject },
        level: account.level ?? 0,
        status: account.status,
        lockReason: account.lockReason,
      });
      expect(caller.passcodeUntil).not.toBeNull();
      if (account.identifiers === null) {
        expect(caller.actor.staffRole).toBe(account.staffRole);
        expect(caller.self).toBeNull();
      } else {
        const { fullName: _, ...ids } = account.identifiers;
        expect(caller.self).toEqual({ subject: account.subject, ids });
      }
      const wards = caller.dependants.map(({ ids: _ids, as: _as, ...ward }: Record<string, unknown>) => ward);
      expect(wards).toHaveLength(account.dependants.length);
      expect(wards).toEqual(expect.arrayContaining([...account.dependants]));
      expect(caller.guardianRequired).toBe(['minor', 'child', 'ward'].includes(key));
    },
  );

  it('R42 R86: answer me with dependants and documents as entities of the registries, one statement a table', async () => {
    const caller = callerOf(await resolved('guardian'));
    const query = `{ me { kind level status
        dependants { id relation endsOn person { __typename } source { synthetic } }
        again: dependants { id }
        linkedDocuments { kind status evidence document { __typename ... on HealthInsurance { ref } ... on IdentityCard { ref } } }
        source { assurance synthetic } } }`;
    await untilQuiet(accounts.databaseUrl);
    const answers: ServiceAnswer[] = [];
    const statements = await countStatements(accounts.databaseUrl, async () => {
      answers.push(await accounts.client.ask(query, {}, caller));
    });
    expect([...statements.values()]).toEqual([1, 1, 1, 1]);
    const tables = [
      '"public"."accounts"',
      'FROM accounts a JOIN relations r',
      '"public"."linked_documents"',
      'INTO "served"',
    ];
    for (const table of tables)
      expect([...statements.keys()].filter((text) => text.includes(table))).toHaveLength(1);
    const [{ body }] = answers as [ServiceAnswer];
    expect(body.errors).toBeUndefined();
    expect(body.data.me).toMatchObject({ kind: 'CITIZEN', level: 2, status: 'ACTIVE' });
    expect(body.data.me.dependants).toEqual([
      {
        id: 'NioepGZfPNRPz4E9wce0qg',
        relation: 'WARD',
        endsOn: null,
        person: { __typename: 'Citizen' },
        source: { synthetic: true },
      },
      {
        id: 'gQj9I7WfwjEaIgFDn_hRWA',
        relation: 'CHILD',
        endsOn: '2036-04-20',
        person: { __typename: 'Citizen' },
        source: { synthetic: true },
      },
    ]);
    const documents = account('guardian').linkedDocuments;
    expect(
      body.data.me.linkedDocuments
        .map(({ document }: { document: { ref: string } }) => document.ref)
        .toSorted(),
    ).toEqual(documents.map(({ ref }) => ref).toSorted());
  });

  it('R15: show by what each paper is linked, and none stands linked by nothing', async () => {
    const query = '{ me { linkedDocuments { status evidence } } }';
    const shown = new Set<string>();
    for (const { key, account: own } of cast) {
      if (own.identifiers === null || own.status !== 'ACTIVE') continue;
      const { body } = await accounts.client.ask(query, {}, callerOf(await resolved(key)));
      for (const { status, evidence } of body.data?.me?.linkedDocuments ?? [])
        shown.add(`${status} ${evidence}`);
    }
    expect([...shown].toSorted()).toEqual(['LINKED DATABASE_MATCH', 'LINKED ORIGINAL_SEEN', 'PENDING null']);
    const unlinked = `UPDATE linked_documents SET status = 'LINKED' WHERE evidence IS NULL`;
    await expect(accounts.sql(unlinked)).rejects.toThrow('linked_documents_evidence_check');
  });

  it('of everybody else are known and have no password', async () => {
    const bulk = [...people({ count: OPTIONS.people, seed: OPTIONS.seed, today: OPTIONS.today })].flatMap(
      (person) => person.account ?? [],
    );
    const [counted] = await accounts.sql<{ accounts: string; credentials: string; relations: string }>(
      `SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM credentials) AS credentials,
         (SELECT count(*) FROM relations) AS relations`,
    );
    const persons = cast.filter(({ account: own }) => own.identifiers !== null);
    const subjects = new Set(
      [...bulk, ...persons.map(({ account: own }) => own)].map(({ subject }) => subject),
    );
    const relations = [...bulk, ...persons.map(({ account: own }) => own)]
      .flatMap(({ dependants }) => dependants)
      .filter(({ subject }) => subjects.has(subject));
    expect(counted).toEqual({
      accounts: String(subjects.size),
      credentials: String(cast.length),
      relations: String(relations.length),
    });
    expect(relations.length).toBeGreaterThan(10);
    const [somebody] = bulk;
    const answer = await attempt(accounts.client, { username: somebody?.username ?? '' }, from('bulk'));
    expect(answer.body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('of representatives have the organisations of the people', async () => {
    const rows = await accounts.sql<Record<string, unknown>>(
      `SELECT o.id, o.representative, a.level, a.status::text FROM organisations o
       JOIN accounts a ON a.subject = o.representative`,
    );
    expect(rows.map(({ id }) => id).toSorted()).toEqual(organisations.map(({ id }) => id).toSorted());
    for (const row of rows) expect(row).toMatchObject({ level: 2, status: 'ACTIVE' });
    const caller = await resolved('fleet');
    const told = organisations
      .filter(({ representative }) => representative === caller.actor.id)
      .map(({ id, legalName, taxCode, sector }) => ({ id, legalName, taxCode, sector }));
    expect(told.map(({ sector }) => sector)).toEqual(['HOTEL', 'CAR_RENTAL']);
    const sorted = told.toSorted((left, right) => (left.id < right.id ? -1 : 1));
    const byId = (list: typeof told) => list.toSorted((left, right) => (left.id < right.id ? -1 : 1));
    expect(byId(caller.organisations)).toEqual(sorted);
    const query = '{ me { organisations { id legalName taxCode sector } } }';
    const { body } = await accounts.client.ask(query, {}, callerOf(caller));
    expect(byId(body.data.me.organisations)).toEqual(sorted);
    const level1 = await accounts.client.ask(query, {}, callerOf(await resolved('level1')));
    expect(level1.body.data.me.organisations).toBeNull();
    expect(level1.body.errors[0].extensions.code).toBe('LEVEL_REQUIRED');
  });

  it('told how far they were as they were loaded', () => {
    expect(progress.at(-1)).toBe(1_502);
    expect(progress.length).toBeGreaterThan(1);
  });
});

function account(key: PersonaKey): AccountRecord {
  const found = cast.find((one) => one.key === key);
  if (found === undefined) throw new TypeError(`no ${key} in the cast`);
  return found.account;
}

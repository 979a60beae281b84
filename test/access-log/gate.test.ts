import { logSource, SourceUnreadable, verifyLog } from '@dinhdanh/access-log/verify';
import { parseHash, parseVerifierKey } from '@dinhdanh/access-log/tlog';
import type { VerifierKey } from '@dinhdanh/access-log/tlog';
import type { AppendEntries } from '@dinhdanh/gateway';
import { describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';

/** As the answer carries it. */
interface Receipt {
  readonly origin: string;
  readonly index: number;
  readonly leafHash: string;
}

const system = inject('system');
const demo = readDemo(system.dataFolder);
const { level2, guardian } = demo.citizens;
const { auditor } = demo.staff;

const PROFILE = '{ person { fullName ageOver(years: 18) vehicles { plate } healthInsurance { number } } }';
const SEARCH = `query($id: String!) { accessLog(filter: { requestId: $id }) { nodes {
  origin index event claims sources refusal outcome purpose legalBasis caseId requestId leafHash actor { kind id } } } }`;
const CASE = { 'case-reference': 'KT/gate-1' };

const person = (key: typeof level2) => signIn(system.url, key ?? expect.unreachable('in demo.json'));

/** The entries of a request, as an auditor finds them. */
async function entriesOf({ extensions }: Answer, token: string): Promise<readonly Record<string, unknown>[]> {
  const answer = await ask(system.url, SEARCH, {
    token,
    headers: CASE,
    variables: { id: extensions['requestId'] },
  });
  expect(answer.errors).toEqual([]);
  return at(answer.data, 'accessLog', 'nodes') as Record<string, unknown>[];
}

function keyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  return key.ok ? key.value : expect.unreachable(key.fault);
}

describe('what a person read is in the log', () => {
  it('as the answer’s receipt says, with the claims released and the sources asked', async () => {
    const answer = await ask(system.url, PROFILE, { token: await person(level2) });
    expect(answer.errors).toEqual([]);
    const receipt = answer.extensions['accessReceipt'] as Receipt;
    const [entry, ...others] = await entriesOf(answer, await person(auditor));
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      ...receipt,
      event: 'READ',
      outcome: 'RELEASED',
      claims: expect.arrayContaining(['age.over(years:18)', 'identity.basic', 'insurance.health', 'vehicle']),
      sources: ['population', 'social-insurance', 'vehicles'],
      refusal: null,
      purpose: 'own_data',
      actor: { kind: 'PERSON' },
    });
    expect(JSON.stringify(entry)).not.toMatch(/\d{12}/);
  });

  it('as a ward’s, where a guardian read it, and what was refused stands beside', async () => {
    const token = await signIn(system.url, guardian ?? expect.unreachable(), false);
    const query = '{ me { dependants { person { fullName ... on Citizen { religion } } } } }';
    const entries = await entriesOf(await ask(system.url, query, { token }), await person(auditor));
    expect(entries.map(({ event, refusal }) => [event, refusal]).toSorted()).toEqual([
      ['DENIED', 'PASSCODE_REQUIRED'],
      ['READ', null],
    ]);
    for (const entry of entries) expect(entry).toMatchObject({ actor: { kind: 'REPRESENTATIVE' } });
  });

  it('and the auditor’s own search is in it too', async () => {
    const token = await person(auditor);
    const search = await ask(system.url, SEARCH, {
      token,
      headers: CASE,
      variables: { id: 'no-such-request' },
    });
    const [entry] = await entriesOf(search, token);
    expect(entry).toMatchObject({
      event: 'AUDIT_READ',
      caseId: 'KT/gate-1',
      actor: { kind: 'AUDITOR' },
      sources: ['access-log'],
    });
  });
});

describe('the published log, through the gateway', () => {
  const { log } = demo;
  const policy = () => ({
    origin: log?.origin ?? '',
    logKey: keyOf(log?.logKey ?? ''),
    witnessKeys: (log?.witnessKeys ?? []).map(keyOf),
    quorum: log?.witnessKeys.length ?? 0,
    nowSeconds: Math.floor(Date.now() / 1000) + 5,
  });
  const source = (token: string | null) =>
    logSource(log?.url ?? expect.unreachable('a gateway'), { token, timeoutMs: 20_000 });

  it('proves a receipt to anybody, and the entry behind it to an auditor', async () => {
    const answer = await ask(system.url, PROFILE, { token: await person(level2) });
    const { origin, index, leafHash: hash } = answer.extensions['accessReceipt'] as Receipt;
    const leaf = parseHash(hash);
    const claim = { origin, index, leaf: leaf.ok ? leaf.value : expect.unreachable(), where: 'answer' };
    const verify = (token: string | null, isRead: boolean) =>
      verifyLog(
        {
          policy: policy(),
          log: source(token),
          lastSeen: null,
          baseline: null,
          proof: null,
          claims: [claim],
          range: isRead ? { begin: index, end: index + 1 } : null,
          served: null,
        },
        () => undefined,
      );
    // The checkpoint follows within seconds.
    await expect
      .poll(
        () =>
          verify(null, false).then(
            ({ included }) => included,
            () => 0,
          ),
        { timeout: 100_000 },
      )
      .toBe(1);
    await expect(verify(null, true)).rejects.toThrow(SourceUnreadable);
    expect((await verify(await person(auditor), true)).recomputed).toBe(1);
  });
});

describe('a gateway whose gate was taken out', () => {
  const noGate: AppendEntries = {
    append: () => Promise.resolve([]),
    remember: () => undefined,
    isAway: () => false,
    unwritten: () => 0,
    close: () => Promise.resolve(),
  };

  it('serves what no entry tells of: the control of all above', async () => {
    const gateway = await startGatewayUnderTest(system, {
      accessLog: noGate,
      settings: { deadlineMs: 15_000 },
    });
    try {
      const answer = await ask(gateway.url, PROFILE, { token: await person(level2) });
      expect(at(answer.data, 'person', 'fullName')).toEqual(expect.any(String));
      expect(answer.extensions['accessReceipt']).toBeUndefined();
      expect(await entriesOf(answer, await person(auditor))).toEqual([]);
    } finally {
      await gateway.stop();
    }
  });
});

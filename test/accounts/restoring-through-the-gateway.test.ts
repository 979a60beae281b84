import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { persona } from '../harness/told-people.ts';

const system = inject('system');
const { username, identifiers } = persona('locked').account;
const ASKED = '{ me { status askedChanges { id purpose state askedAt effectiveAt } } }';
let applicant: string;
let owner: string;

const asApplicant = (query: string): Promise<Answer> => ask(system.url, query, { token: applicant });
const asOwner = (query: string): Promise<Answer> => ask(system.url, query, { token: owner });
const codes = ({ errors }: Answer): string[] => errors.map(({ extensions }) => extensions.code);

beforeAll(async () => {
  const demo = readDemo(system.dataFolder).citizens['locked'];
  if (demo === undefined) return expect.unreachable('nobody is locked');
  owner = await signIn(system.url, demo);
  const begun = await ask(
    system.url,
    'mutation($input: StartRegistrationInput!) { startRegistration(input: $input) { token } }',
    {
      variables: {
        input: { kind: 'CITIZEN', purpose: 'DEVICE', personalNumber: username },
      },
    },
  );
  applicant = String(at(begun.data, 'startRegistration', 'token'));
});

afterAll(() => asApplicant('mutation { withdrawRegistration { state } }'));

describe('a change that a stranger asks for', () => {
  it('is not told to the owner before what was declared was compared, and then it is, of a locked account too', async () => {
    expect(at((await asOwner(ASKED)).data, 'me', 'askedChanges')).toEqual([]);
    const fullName = identifiers?.fullName;
    const dateOfBirth = identifiers?.dateOfBirth;
    const declared = await ask(
      system.url,
      'mutation($input: DeclareIdentityInput!) { declareIdentity(input: $input) { step } }',
      { token: applicant, variables: { input: { source: 'MANUAL', fullName, dateOfBirth, sex: 'MALE' } } },
    );
    expect(at(declared.data, 'declareIdentity')).toEqual({ step: 'MATCH' });
    const matched = await asApplicant('mutation { matchRegistration { step } }');
    expect(at(matched.data, 'matchRegistration')).toEqual({ step: 'CHIP' });
    const seen = await asOwner(ASKED);
    expect(seen.errors).toEqual([]);
    expect(at(seen.data, 'me')).toMatchObject({
      status: 'LOCKED',
      askedChanges: [{ purpose: 'DEVICE', state: 'OPEN', effectiveAt: null }],
    });
  });

  it('opens nothing of the account to who asks: neither its changes, nor a word against or for them', async () => {
    expect(codes(await asApplicant(ASKED))).toContain('LEVEL_REQUIRED');
    const id = String(at((await asOwner(ASKED)).data, 'me', 'askedChanges', 0, 'id'));
    for (const mutation of ['refuseChange', 'confirmChange']) {
      expect(codes(await asApplicant(`mutation { ${mutation}(id: "${id}") { status } }`))).toEqual([
        'LEVEL_REQUIRED',
      ]);
      expect(codes(await ask(system.url, `mutation { ${mutation}(id: "${id}") { status } }`))).toEqual([
        'UNAUTHENTICATED',
      ]);
    }
    expect(codes(await asOwner(`mutation { confirmChange(id: "${id}") { status } }`))).toEqual([
      'ACCOUNT_LOCKED',
    ]);
  });

  it('is refused by the owner of a locked account', async () => {
    const id = String(at((await asOwner(ASKED)).data, 'me', 'askedChanges', 0, 'id'));
    const refused = await asOwner(`mutation { refuseChange(id: "${id}") { askedChanges { id } } }`);
    expect(refused.errors).toEqual([]);
    expect(at(refused.data, 'refuseChange')).toEqual({ askedChanges: [] });
    const { data } = await asApplicant('{ registration { state reasons { code } } }');
    expect(at(data, 'registration')).toEqual({ state: 'REFUSED', reasons: [{ code: 'REFUSED_BY_OWNER' }] });
  });
});

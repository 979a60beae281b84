import { expect, inject, it } from 'vitest';
import { organisations } from '@dinhdanh/people';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

const { url, dataFolder } = inject('system');
const { citizens } = readDemo(dataFolder);

/** Where people open the gateway: browsers bind a passkey to a name, never to an address. */
const origin = url.replace('127.0.0.1', 'localhost');

function person(key: string) {
  const found = citizens[key];
  if (found === undefined) throw new TypeError(`no ${key}`);
  return found;
}

function codes({ errors }: Answer): unknown[] {
  return errors.map(({ extensions }) => extensions['reason'] ?? extensions.code);
}

it('R2: a passkey is enrolled through the gateway and opens sensitive data in a session without the passcode', async () => {
  const token = await signIn(url, person('oldRecords'));
  const other = await signIn(url, person('oldRecords'), false);
  const authenticator = new VirtualAuthenticator(origin);
  const begun = await ask(url, 'mutation { beginPasskeyEnrolment { options } }', { token });
  const answer = authenticator.create(String(at(begun.data, 'beginPasskeyEnrolment', 'options')));
  const made = await ask(
    url,
    'mutation($input: PasskeyAnswerInput!) { finishPasskeyEnrolment(input: $input) { id name } }',
    { token, variables: { input: { answer, name: 'Máy tính' } } },
  );
  expect(made.errors).toEqual([]);
  const id = at(made.data, 'finishPasskeyEnrolment', 'id');
  const sensitive = async () =>
    codes(await ask(url, '{ person { ... on Citizen { religion } } }', { token: other }));
  expect(await sensitive()).toEqual(['PASSCODE_REQUIRED']);

  const CONFIRM = 'mutation($input: PasskeyAnswerInput!) { confirmPasskey(input: $input) { passcodeUntil } }';
  const confirm = async (from: string): Promise<Answer> => {
    const asked = await ask(url, 'mutation { beginPasskeyConfirmation { options } }', { token: other });
    const options = String(at(asked.data, 'beginPasskeyConfirmation', 'options'));
    const input = { answer: authenticator.get(options, { origin: from }) };
    return ask(url, CONFIRM, { token: other, variables: { input } });
  };
  expect(codes(await confirm('https://evil.example'))).toEqual(['PASSKEY_INVALID']);
  expect(await sensitive()).toEqual(['PASSCODE_REQUIRED']);
  expect((await confirm(origin)).errors).toEqual([]);
  expect(await sensitive()).toEqual([]);

  const listed = await ask(url, '{ me { passkeys { id lastUsedAt } } }', { token: other });
  expect(at(listed.data, 'me', 'passkeys')).toEqual([{ id, lastUsedAt: expect.any(String) }]);
  const removed = await ask(url, 'mutation($id: ID!) { removePasskey(id: $id) }', {
    token,
    variables: { id },
  });
  expect(removed.data).toEqual({ removePasskey: true });
});

it('passkeys are asked for by persons with an open window alone', async () => {
  const BEGIN = 'mutation { beginPasskeyEnrolment { options } }';
  const closed = await signIn(url, person('oldRecords'), false);
  expect(codes(await ask(url, BEGIN, { token: closed }))).toEqual(['PASSCODE_REQUIRED']);
  expect(codes(await ask(url, BEGIN))).toEqual(['UNAUTHENTICATED']);
});

it('a representative of level 2 sees their organisations, and nobody else any', async () => {
  const QUERY = '{ me { organisations { id legalName } } }';
  const owner = await ask(url, QUERY, { token: await signIn(url, person('fleet'), false) });
  const names = organisations.filter(({ representative }) => representative !== null);
  expect(at(owner.data, 'me', 'organisations')).toEqual(
    expect.arrayContaining(names.map(({ id, legalName }) => ({ id, legalName }))),
  );
  const level1 = await ask(url, QUERY, { token: await signIn(url, person('level1'), false) });
  expect(codes(level1)).toEqual(['LEVEL_REQUIRED']);
  const other = await ask(url, QUERY, { token: await signIn(url, person('level2'), false) });
  expect(at(other.data, 'me', 'organisations')).toEqual([]);
});

it('what changes of accounts is no person’s to read', async () => {
  const token = await signIn(url, person('level2'));
  const answer = await ask(url, '{ accountsChanges { nodes { cursor keys { value } } } }', { token });
  expect(new Set(codes(answer))).toEqual(new Set(['NOT_PERMITTED']));
});

import type { RunningGateway } from '@dinhdanh/gateway';
import { isErrorCode } from '@dinhdanh/kit';
import { heldBytes } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';

const system = inject('system');

/** What a request differs in from an ordinary one. */
interface Raw {
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

const operation = (query: string, more: object = {}): Raw => ({ body: JSON.stringify({ query, ...more }) });
const nested = (depth: number): string => `{ person ${'{ person '.repeat(depth)}${'}'.repeat(depth)} }`;
const doubling = (levels: number): string =>
  `query { person { ...F0 } } ${Array.from({ length: levels }, (_, level) =>
    level === levels - 1
      ? `fragment F${level} on Person { fullName }`
      : `fragment F${level} on Person { ...F${level + 1} ...F${level + 1} }`,
  ).join(' ')}`;

const refused: Readonly<Record<string, readonly [raw: Raw, status: number, code: string]>> = {
  'no JSON': [{ body: '{"query": ' }, 400, 'BAD_USER_INPUT'],
  'an empty body': [{ body: '' }, 400, 'BAD_USER_INPUT'],
  'JSON that is no object': [{ body: '"{ me { level } }"' }, 400, 'BAD_USER_INPUT'],
  'a batch': [{ body: '[{"query":"{ __typename }"},{"query":"{ __typename }"}]' }, 400, 'BAD_USER_INPUT'],
  'no query': [{ body: '{"variables":{}}' }, 400, 'BAD_USER_INPUT'],
  'variables that are a list': [operation('{ __typename }', { variables: [1] }), 400, 'BAD_USER_INPUT'],
  'a form': [
    { body: 'query={__typename}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'BAD_USER_INPUT',
  ],
  'plain text': [
    { body: '{"query":"{__typename}"}', headers: { 'content-type': 'text/plain' } },
    415,
    'BAD_USER_INPUT',
  ],
  'another charset': [
    {
      body: Buffer.from('{"query":"{__typename}"}', 'utf16le'),
      headers: { 'content-type': 'application/json; charset=utf-16le' },
    },
    415,
    'BAD_USER_INPUT',
  ],
  'bytes that are no UTF-8': [{ body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }, 400, 'BAD_USER_INPUT'],
  'another method': [{ ...operation('{ __typename }'), method: 'PUT' }, 405, 'BAD_USER_INPUT'],
  'a body of megabytes': [{ body: ' '.repeat(3_000_000) }, 413, 'BAD_USER_INPUT'],
  'a syntax error': [operation('{ person { '), 400, 'BAD_USER_INPUT'],
  'an unknown field': [operation('{ person { salary } }'), 400, 'BAD_USER_INPUT'],
  'a hidden key': [operation('{ person { subject } }'), 400, 'BAD_USER_INPUT'],
  'a hidden attestation': [operation('{ person { vehicles { holder } } }'), 400, 'BAD_USER_INPUT'],
  'another person by number': [
    operation('{ person(number: "097188000101") { fullName } }'),
    400,
    'BAD_USER_INPUT',
  ],
  'the entities of a subgraph': [
    operation('{ _entities(representations: []) { __typename } }'),
    400,
    'BAD_USER_INPUT',
  ],
  'the SDL of a subgraph': [operation('{ _service { sdl } }'), 400, 'BAD_USER_INPUT'],
  'a missing variable': [
    operation('query($years: Int!) { person { ageOver(years: $years) } }'),
    400,
    'BAD_USER_INPUT',
  ],
  'an unknown operation': [
    operation('query A { __typename }', { operationName: 'B' }),
    400,
    'BAD_USER_INPUT',
  ],
  'a subscription': [operation('subscription { person { fullName } }'), 400, 'BAD_USER_INPUT'],
  '3,000 levels': [operation(nested(3_000)), 400, 'QUERY_TOO_COSTLY'],
  '88 KB of inline fragments': [
    operation(`{ person { ${'... on Person { fullName } '.repeat(3_300)} } }`),
    400,
    'QUERY_TOO_COSTLY',
  ],
  'aliases by the hundred': [
    operation(`{ person { ${Array.from({ length: 300 }, (_, index) => `a${index}: fullName`).join(' ')} } }`),
    400,
    'QUERY_TOO_COSTLY',
  ],
  'fragments that double thirty times': [operation(doubling(30)), 400, 'QUERY_TOO_COSTLY'],
  'fragments in a circle': [
    operation('{ person { ...A } } fragment A on Person { fullName ...B } fragment B on Person { sex ...A }'),
    400,
    'BAD_USER_INPUT',
  ],
};

describe('a request that cannot be served is refused before a plan is made or a source asked', () => {
  let gateway: RunningGateway;
  let token = '';

  beforeAll(async () => {
    gateway = await startGatewayUnderTest(system, { settings: { deadlineMs: 15_000 } });
    token = await signIn(
      system.url,
      readDemo(system.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json'),
    );
  });
  afterAll(() => gateway.stop());

  async function send({ body, headers, method }: Raw): Promise<Response> {
    return fetch(`${gateway.url}/graphql`, {
      method: method ?? 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body,
    });
  }

  it.each(Object.entries(refused))('%s', async (_name, [raw, status, code]) => {
    const { plans } = gateway.stats;
    // Of the processor, on which the gateway runs too: what others take of a busy machine says nothing of us.
    const used = process.cpuUsage();
    const response = await send(raw);
    const text = await response.text();
    expect(process.cpuUsage(used).user / 1000).toBeLessThan(1_000);
    expect(response.status).toBe(status);
    const { errors, data } = JSON.parse(text) as {
      errors: { extensions: { code: string } }[];
      data?: unknown;
    };
    expect(data).toBeUndefined();
    expect(errors.map((error) => error.extensions.code)).toEqual([code]);
    expect(isErrorCode(code)).toBe(true);
    expect(JSON.stringify(errors)).not.toMatch(/\d{12}|node_modules|\.ts:/);
    expect(gateway.stats.plans).toBe(plans);
  });

  it('and memory stays as it was', async () => {
    const rounds = async (): Promise<void> => {
      for (const [raw] of Object.values(refused)) await (await send(raw)).text();
    };
    await rounds();
    const before = await heldBytes();
    for (let round = 0; round < 10; round += 1) await rounds();
    expect((await heldBytes()) - before).toBeLessThan(8 * 1024 * 1024);
    // The control: what is right is planned and served.
    const { data } = await ask(gateway.url, '{ person { fullName } }', { token });
    expect(data).toEqual({ person: { fullName: expect.any(String) } });
    expect(gateway.stats.plans).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { guardReferences } from './references.ts';
import type { CallContext } from './service.ts';
import { RecordingLog } from './testing.ts';

const call = () => {
  const log = new RecordingLog();
  return { log, subjects: new Set(['own']), caller: { jti: 'request.0' } } as unknown as CallContext & {
    log: RecordingLog;
  };
};

type Resolve = (reference: object, context: CallContext, info: null) => Promise<unknown>;
const guarded = (resolve: (reference: never) => unknown): Resolve => {
  const resolvers = guardReferences({ Thing: { __resolveReference: resolve } });
  return (resolvers['Thing'] as { __resolveReference: Resolve }).__resolveReference;
};

describe('the guard of references', () => {
  it('answers a subject of the token', async () => {
    const resolve = guarded(({ subject }: { subject: string }) => ({ subject }));
    expect(await resolve({ subject: 'own' }, call(), null)).toEqual({ subject: 'own' });
  });

  it('refuses any other without asking the resolver, and says so in the log', async () => {
    let asked = 0;
    const resolve = guarded(() => (asked += 1));
    const context = call();
    await expect(resolve({ subject: 'foreign' }, context, null)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(asked).toBe(0);
    expect(context.log.count('SERVICE_REFERENCE_REFUSED')).toBe(1);
  });

  it.each([
    ['that does not exist', null],
    ['that does not exist (undefined)', undefined],
    ['of somebody else', { ref: 'r', subject: 'foreign' }],
    ['of nobody', { ref: 'r' }],
  ])('does not find a document %s', async (_, row) => {
    const resolve = guarded(() => row);
    await expect(resolve({ ref: 'r' }, call(), null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'NOT_FOUND',
    });
  });

  it('does not find somebody else’s document under one’s own subject', async () => {
    const resolve = guarded(() => ({ ref: 'r', subject: 'foreign' }));
    await expect(resolve({ ref: 'r', subject: 'own' }, call(), null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('finds one’s own document', async () => {
    const row = { ref: 'r', subject: 'own' };
    expect(await guarded(() => row)({ ref: 'r' }, call(), null)).toBe(row);
  });

  it('never throws at once, which would fail every reference of the list', async () => {
    const resolve = guarded(() => {
      throw new TypeError('no');
    });
    const answers = [
      resolve({ subject: 'own' }, call(), null),
      resolve({ subject: 'foreign' }, call(), null),
    ];
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('leaves scalars and types without references alone', () => {
    const scalar = { serialize: () => 1 };
    const plain = { field: () => 1 };
    expect(guardReferences({ Date: scalar, Plain: plain })).toEqual({ Date: scalar, Plain: plain });
  });
});

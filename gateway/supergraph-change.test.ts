import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heldBytes } from '@dinhdanh/kit/testing';
import { readSupergraph } from '@dinhdanh/schema';
import { parse, print, visit } from 'graphql';
import type { FieldDefinitionNode } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { documentHash } from './documents/document-hash.ts';
import { setScene } from './fixtures/scene.ts';
import type { Answer, Scene } from './fixtures/scene.ts';
import type { GatewayOptions } from './gateway.ts';
import { openServed } from './served.ts';

const before = readSupergraph();

/** The contract after a change that shows: nobody shares a religion any more, and there is no sex to ask for. */
const after = withoutFields(before, 'sex', (field) => ({
  ...field,
  directives: (field.directives ?? []).filter(
    ({ name }) => field.name.value !== 'religion' || name.value !== 'claim',
  ),
})).replaceAll(
  /^  religion: String/gm,
  '  religion: String @claim(id: "religion", self: "NEVER", share: "NEVER", class: "SENSITIVE")',
);

/** One in which a leaf says no longer who may read it. */
const unclaimed = withoutFields(before, '', (field) =>
  field.name.value === 'fullName'
    ? { ...field, directives: (field.directives ?? []).filter(({ name }) => name.value !== 'claim') }
    : field,
);

function withoutFields(
  text: string,
  gone: string,
  change: (field: FieldDefinitionNode) => FieldDefinitionNode,
): string {
  return print(
    visit(parse(text), {
      FieldDefinition: (field) => (field.name.value === gone ? null : change(field)),
    }),
  );
}

interface ChangingScene extends Scene {
  /** Puts a supergraph into the place of the file, as a careful writer does: aside, then renamed. */
  readonly replace: (supergraph: string) => Promise<void>;
  readonly reloads: (outcome: 'swapped' | 'refused') => Promise<number>;
}

async function setChangingScene(options: Partial<GatewayOptions> = {}): Promise<ChangingScene> {
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, before);
  const scene = await setScene({ supergraph: before, supergraphFile, ...options });
  return Object.assign(scene, {
    replace: async (supergraph: string) => {
      await writeFile(`${supergraphFile}.new`, supergraph);
      await rename(`${supergraphFile}.new`, supergraphFile);
    },
    reloads: async (outcome: string) => {
      const metrics = await (await fetch(`${scene.url}/metrics`)).text();
      const found = new RegExp(`dinhdanh_supergraph_reload_total{outcome="${outcome}"} (\\d+)`).exec(metrics);
      return Number(found?.[1] ?? 0);
    },
  });
}

/** Limits that nothing here meets. */
const roomy = { concurrentRequests: 1000, requestsPerMinute: 100_000 };

async function requestsUnderWay(scene: Scene): Promise<number> {
  const metrics = await (await fetch(`${scene.url}/metrics`)).text();
  return Number(/^dinhdanh_requests_under_way (\d+)/m.exec(metrics)?.[1] ?? 0);
}

const SEX = '{ person { fullName sex } }';
const NAME = '{ person { fullName } }';

function isOfBefore(answer: Answer, scene: Scene): boolean {
  const { status, data } = answer;
  return (
    status === 200 &&
    JSON.stringify(data) === JSON.stringify({ person: { fullName: scene.name, sex: 'MALE' } })
  );
}

function isOfAfter({ status, errors }: Answer): boolean {
  return status === 400 && errors[0]?.extensions['reason'] === 'INVALID';
}

describe('a supergraph that changes while it is served', () => {
  it('200 requests under way over the change are all answered, each by the contract it began with', async () => {
    const scene = await setChangingScene({ settings: { ...roomy, deadlineMs: 60_000 } });
    const served = await Promise.all([before, after].map((text) => openServed(text)));
    const [policyBefore, policyAfter] = served.map(({ policyVersion }) => policyVersion);
    expect(policyAfter).not.toBe(policyBefore);
    const hold = Promise.withResolvers<void>();
    scene.population.held = hold.promise;
    const underWay = Array.from({ length: 200 }, () => scene.ask(SEX));
    const all = Promise.all(underWay);
    await expect.poll(() => requestsUnderWay(scene), { timeout: 20_000 }).toBe(200);
    await scene.replace(after);
    expect(await scene.gateway.reload()).toBe('swapped');
    expect(scene.log.entries).toHaveLength(0);
    const later = await Promise.all(Array.from({ length: 20 }, () => scene.ask(SEX)));
    expect(later.every(isOfAfter)).toBe(true);
    hold.resolve();
    expect((await all).every((answer) => isOfBefore(answer, scene))).toBe(true);
    expect(scene.log.entries).toHaveLength(200);
    expect(scene.log.entries.every((entry) => entry['policyVersion'] === policyBefore)).toBe(true);
    expect((await scene.ask(NAME)).data).toEqual({ person: { fullName: scene.name } });
    expect(scene.log.entries.at(-1)?.['policyVersion']).toBe(policyAfter);
  });

  it('requests that begin all the while are of the one contract or the other, never of both', async () => {
    const scene = await setChangingScene({ settings: { ...roomy, deadlineMs: 20_000 } });
    const isWarm = Promise.withResolvers<void>();
    let isOver = false;
    const client = async (): Promise<readonly string[]> => {
      const kinds: string[] = [];
      for (let more = 5; more > 0; more -= isOver ? 1 : 0) {
        const answer = await scene.ask(SEX);
        const ofAfter = isOfAfter(answer) ? 'after' : `neither: ${answer.status}`;
        kinds.push(isOfBefore(answer, scene) ? 'before' : ofAfter);
        if (kinds.length === 3) isWarm.resolve();
      }
      return kinds;
    };
    const clients = Promise.all(Array.from({ length: 16 }, client));
    await isWarm.promise;
    await scene.replace(after);
    await expect.poll(() => scene.reloads('swapped'), { timeout: 20_000 }).toBe(1);
    isOver = true;
    for (const kinds of await clients) {
      expect(new Set(kinds)).toEqual(new Set(['before', 'after']));
      // Each client meets the change once, and never goes back behind it.
      expect(kinds.indexOf('after')).toBe(kinds.lastIndexOf('before') + 1);
    }
    expect(scene.events.map(({ event }) => event)).toContain('GATEWAY_SUPERGRAPH_CHANGED');
  });

  it.each<[string, string, string]>([
    ['that does not parse', before.slice(0, 20_000), 'UNFIT'],
    ['without a claim on a leaf', unclaimed, 'UNFIT'],
    ['that is empty', '', 'UNFIT'],
  ])('one %s is refused and told, and the one before goes on', async (_, bad, reason) => {
    const scene = await setChangingScene();
    await scene.replace(bad);
    await expect.poll(() => scene.reloads('refused'), { timeout: 20_000 }).toBe(1);
    expect(isOfBefore(await scene.ask(SEX), scene)).toBe(true);
    const told = scene.events.find(({ event }) => event === 'GATEWAY_SUPERGRAPH_REFUSED');
    expect(told?.fields.reason).toBe(reason);
    // What is put right is taken up.
    await scene.replace(after);
    await expect.poll(() => scene.reloads('swapped'), { timeout: 20_000 }).toBe(1);
    expect(isOfAfter(await scene.ask(SEX))).toBe(true);
  });

  it('one that would break a trusted document is refused by the document’s name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'documents.json');
    const listed = (body: string): string =>
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: documentHash(body), name: 'OwnSex', type: 'query', body }],
      });
    await writeFile(file, listed(SEX));
    const scene = await setChangingScene({ documentFiles: [file], settings: { documents: 'trusted' } });
    await scene.replace(after);
    await expect.poll(() => scene.reloads('refused'), { timeout: 20_000 }).toBe(1);
    expect(isOfBefore(await scene.send({ documentId: documentHash(SEX) }), scene)).toBe(true);
    const told = scene.events.find(({ event }) => event === 'GATEWAY_SUPERGRAPH_REFUSED');
    expect(told?.fields).toMatchObject({ reason: 'DOCUMENT_UNFIT', code: 'OwnSex' });
    // With the screens that no longer ask for it, both change at once.
    await writeFile(file, listed(NAME));
    await expect.poll(() => scene.reloads('swapped'), { timeout: 20_000 }).toBe(1);
    expect((await scene.send({ documentId: documentHash(SEX) })).status).toBe(404);
    expect((await scene.send({ documentId: documentHash(NAME) })).data).toEqual({
      person: { fullName: scene.name },
    });
  });

  it('files beside it change nothing, and its own bytes written again change nothing', async () => {
    const scene = await setChangingScene();
    await scene.replace(before);
    expect(await scene.gateway.reload()).toBe('unchanged');
    expect(await scene.reloads('swapped')).toBe(0);
  });
});

it('what is served no longer is forgotten: of 16 changes none stays in memory', {
  timeout: 300_000,
}, async () => {
  const scene = await setChangingScene();
  const sizes: number[] = [];
  for (let round = 0; round < 16; round += 1) {
    await scene.replace(`${round % 2 === 0 ? after : before}\n# ${round}\n`);
    expect(await scene.gateway.reload()).not.toBe('refused');
    await scene.ask(NAME);
    if (round % 4 === 3) {
      sizes.push((await heldBytes()) / 1e6);
    }
  }
  const [first = 0] = sizes;
  expect(sizes.at(-1) ?? 0, `${sizes.map(Math.round).join(', ')} MB`).toBeLessThan(first + 5);
});

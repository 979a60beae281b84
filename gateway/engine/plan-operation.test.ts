import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { refuseUnplannable } from './find-unplannable.ts';
import { compose } from './fixtures/registries.ts';
import { OperationPlanner } from './plan-operation.ts';
import { PlannerProcess } from './planner-process.ts';
import { readSupergraph } from './read-supergraph.ts';

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
const requiring = compose({
  one: `${head} type Query { thing: Thing die: Int } type Thing @key(fields: "id") { id: ID! weight: Int }`,
  two: `${head} type Thing @key(fields: "id") { id: ID! weight: Int @external price: Int @requires(fields: "weight") }`,
});
const plain = compose({ one: `${head} type Query { well: Int die: Int other: Int }` });
const opened: OperationPlanner[] = [];

function open(sdl: string): { readonly planner: OperationPlanner; readonly process: PlannerProcess } {
  const process = new PlannerProcess(fileURLToPath(new URL('./fixtures/unruly-planner.ts', import.meta.url)));
  const input = { sdl: () => sdl, labels: [] };
  const planner = new OperationPlanner(input, readSupergraph(sdl), { process, limitMs: 60_000 });
  opened.push(planner);
  return { planner, process };
}

afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

test('a supergraph of which the planner dies at the first try is planned in stages from then on', async () => {
  const { planner, process } = open(requiring);
  // Its field `die` kills the planner in stages too: the last way is kept all the same.
  await expect(planner.tryAll(refuseUnplannable)).rejects.toThrow('No plan leads from Query to Query.die');
  await planner.plan('{c_0:thing{c_1:id}}');
  const { pid } = process;
  const node = await planner.plan('{c_0:thing{c_1:weight}}');
  expect(JSON.stringify(node)).toContain('c_1: weight');
  expect(process.pid).toBe(pid);
});

test('an operation of which it dies is refused, asked again kills nobody, and disturbs no other', async () => {
  const { planner, process } = open(plain);
  const refusal = { code: 'BAD_USER_INPUT', status: 400, sentence: 'unplannable' };
  const [deadly, well] = await Promise.allSettled([planner.plan('{c_0:die}'), planner.plan('{c_0:well}')]);
  expect(deadly).toMatchObject({ status: 'rejected', reason: refusal });
  expect(well).toMatchObject({ status: 'fulfilled', value: { kind: 'Fetch' } });
  await planner.plan('{c_0:other}');
  const { pid } = process;
  await expect(planner.plan('{c_0:die}')).rejects.toMatchObject(refusal);
  expect(process.pid).toBe(pid);
});

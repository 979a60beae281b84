import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGroups } from './check-groups.ts';
import { groupNames } from './chip-group.ts';
import type { ChipGroups, GroupName } from './chip-group.ts';
import { chipRefusals } from './chip-refusal.ts';
import { makeChip } from './synthetic/make-chip.ts';
import {
  sampleAuthority,
  sampleHolder,
  sampleNow,
  samplePortrait,
  sampleTools,
} from './synthetic/sample-state.ts';
import { verifyChip } from './verify-chip.ts';
import type { ChipVerdict } from './verify-chip.ts';

const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const trust = sampleAuthority.trust(sampleNow);
const kinds = ['P_256', 'RSA_2048'] as const;
const chips = [
  ...kinds.map((kind) => makeChip(sampleHolder, samplePortrait, { ...sampleTools, kind })),
  ...(['PSS', 'ELLIPTIC'] as const).map((signer) =>
    makeChip({ ...sampleHolder, issueDate: '2025-03-04' }, samplePortrait, { ...sampleTools, signer }),
  ),
].map(({ groups, answer }) => ({ groups, response: answer(challenge) }));

function verify(groups: ChipGroups, response: Uint8Array): ChipVerdict {
  return verifyChip({ groups, challenge, response }, { trust, now: sampleNow, holder: null });
}

const anyChip = fc.constantFrom(...chips);
const anyGroup = fc.constantFrom(...groupNames);

function refused(verdict: ChipVerdict): void {
  expect(verdict.genuine).toBe(false);
  if (!verdict.genuine) expect(Object.keys(chipRefusals)).toContain(verdict.code);
}

/** One change somewhere: a bit, a byte put in, a byte taken out, or a piece cut off. */
function changed(bytes: Uint8Array, how: number, place: number, value: number): Uint8Array {
  const at = place % bytes.length;
  const [before, after] = [bytes.slice(0, at), bytes.slice(at + 1)];
  if (how === 0) return Uint8Array.from([...before, (bytes[at] ?? 0) ^ (1 << (value % 8)), ...after]);
  if (how === 1) return Uint8Array.from([...before, value, bytes[at] ?? 0, ...after]);
  return how === 2 ? Uint8Array.from([...before, ...after]) : before;
}

describe('bytes that are not those of a genuine chip', () => {
  it('never verify with one change in any file, and are never thrown at', () => {
    fc.assert(
      fc.property(
        anyChip,
        anyGroup,
        fc.nat(3),
        fc.nat(),
        fc.nat(255),
        ({ groups, response }, name, how, place, value) => {
          const bytes = groups[name];
          fc.pre(bytes !== undefined);
          refused(verify({ ...groups, [name]: changed(bytes, how, place, value) }, response));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never verify with a bit turned in what stands around the signature: each chip’s every fifth byte, each another fifth', () => {
    for (const [start, { groups, response }] of chips.entries()) {
      const bytes = groups.SOD as Uint8Array;
      for (let at = start; at < bytes.length; at += 5) {
        const verdict = verify({ ...groups, SOD: changed(bytes, 0, at, at) }, response);
        expect(verdict.genuine, `byte ${at}`).toBe(false);
      }
    }
  });

  it('never verify with one change in the answer to the challenge', () => {
    fc.assert(
      fc.property(anyChip, fc.nat(3), fc.nat(), fc.nat(255), ({ groups, response }, how, place, value) => {
        refused(verify(groups, changed(response, how, place, value)));
      }),
      { numRuns: 500 },
    );
  });

  it('never verify where files are anything at all', () => {
    const anything = fc.record(
      Object.fromEntries(groupNames.map((name) => [name, fc.uint8Array({ maxLength: 200 })])) as Record<
        GroupName,
        fc.Arbitrary<Uint8Array>
      >,
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, fc.uint8Array({ maxLength: 300 }), anyChip, (groups, response, chip) => {
        refused(verify(groups, response));
        const [name] = Object.keys(groups) as GroupName[];
        if (name !== undefined)
          refused(verify({ ...chip.groups, [name]: groups[name] as Uint8Array }, response));
      }),
      { numRuns: 500 },
    );
  });

  it('verify unchanged: what the changes above are held against', () => {
    for (const { groups, response } of chips) expect(verify(groups, response).genuine).toBe(true);
  });
});

describe('files as they are sent', () => {
  it('come out as they went in', () => {
    const [{ groups }] = chips as [(typeof chips)[0]];
    const wire = Object.fromEntries(
      Object.entries(groups).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64url')]),
    );
    expect(decodeGroups(JSON.parse(JSON.stringify(wire)))).toEqual(
      Object.fromEntries(Object.entries(groups).map(([name, bytes]) => [name, new Uint8Array(bytes)])),
    );
  });

  it.each([
    ['nothing', null, 'CHIP_MALFORMED'],
    ['a list', [], 'CHIP_MALFORMED'],
    ['fingerprints', { DG3: 'YwA' }, 'CHIP_GROUP_REFUSED'],
    ['a name of the language', JSON.parse('{"__proto__": "YwA"}'), 'CHIP_GROUP_REFUSED'],
    ['a number', { DG1: 1 }, 'CHIP_MALFORMED'],
    ['padding', { DG1: 'YQA=' }, 'CHIP_MALFORMED'],
    ['more than a file can be', { DG1: 'A'.repeat(100_000) }, 'CHIP_TOO_LARGE'],
  ])('are refused as %s', (_what, wire, code) => {
    expect(() => decodeGroups(wire)).toThrow(expect.objectContaining({ code }));
  });
});

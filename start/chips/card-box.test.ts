import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyChip } from '@dinhdanh/accounts/chip';
import type { ChipVerdict, TrustStore } from '@dinhdanh/accounts/chip';
import { castOn, people } from '@dinhdanh/people';
import type { ReaderCard } from '@dinhdanh/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyFolder } from '../keys.ts';
import { openCardBox } from './card-box.ts';
import { openChipKeys } from './chip-keys.ts';

const now = new Date('2026-11-21T03:00:00Z');
const options = { people: 400, seed: 'dinhdanh', today: '2026-11-21' };
const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
let folder = '';
let trust: TrustStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-box-'));
  trust = await keysOf(folder).trust();
});
afterAll(() => rm(folder, { recursive: true }));

function keysOf(path: string, at = now): ReturnType<typeof openChipKeys> {
  return openChipKeys(path, new KeyFolder(path), () => at);
}

function verify(
  card: ReaderCard | null,
  personalNumber: string | null = null,
  when: { readonly trust: TrustStore; readonly now: Date } = { trust, now },
): ChipVerdict {
  if (card === null) throw new RangeError('no card');
  const groups = Object.fromEntries(card.files.map(({ name, bytes }) => [name, bytes]));
  const holder = personalNumber === null ? null : { personalNumbers: [personalNumber] };
  return verifyChip({ groups, challenge, response: card.answer(challenge) }, { ...when, holder });
}

describe('the cards of the synthetic people', () => {
  it.each([options.today, '2051-11-21'])(
    'are genuine for each of the cast on %s, with their name and a picture',
    async (today) => {
      const at = new Date(`${today}T03:00:00Z`);
      const keys = keysOf(folder, at);
      const when = { trust: await keys.trust(), now: at };
      const box = openCardBox({ ...options, today }, keys);
      expect(box.holders.length).toBeGreaterThan(5);
      for (const { id } of box.holders) {
        const population = castOn(today).find(({ key }) => key === id)?.records.population;
        const verdict = verify(await box.open(id, null), population?.identityCard?.cardNumber ?? '', when);
        expect(verdict, id).toMatchObject({ genuine: true, details: { fullName: population?.fullName } });
        if (verdict.genuine) expect(verdict.face.bytes.length, id).toBeGreaterThan(3000);
      }
    },
  );

  it('are those of everybody else by their place, where they have one', async () => {
    const box = openCardBox(options, keysOf(folder));
    let made = 0;
    for (const [index, person] of [...people({ ...options, count: options.people, to: 16 })].entries()) {
      const card = await box.open(String(index + 1), null);
      const document = person.population?.identityCard;
      expect(card === null, String(index)).toBe(document === null || document?.documentType === 'CMND');
      if (card === null) continue;
      const verdict = verify(card, document?.cardNumber ?? '');
      const isOver = (document?.expiryDate ?? '9999') < options.today;
      expect(verdict.genuine ? null : verdict.code, String(index)).toBe(
        isOver ? 'CHIP_DOCUMENT_EXPIRED' : null,
      );
      made += 1;
    }
    expect(made).toBeGreaterThan(8);
    for (const nowhere of ['0', '401', '-1', 'x', '']) expect(await box.open(nowhere, null)).toBeNull();
  });

  it('are the same after a restart, and another person’s are refused as such', async () => {
    const [box, again] = [openCardBox(options, keysOf(folder)), openCardBox(options, keysOf(folder))];
    const [card, same] = [await box.open('level2', null), await again.open('level2', null)];
    expect(card?.files).toEqual(same?.files);
    expect(verify(card, '097000000000')).toMatchObject({ code: 'CHIP_WRONG_PERSON' });
  });

  it('can each be had with every fault, and none is genuine with one', async () => {
    const box = openCardBox(options, keysOf(folder));
    for (const { id } of box.faults) expect(verify(await box.open('level2', id)).genuine, id).toBe(false);
  });
});

describe('the keys of synthetic chips', () => {
  it('are kept in a file for this user alone, and other installations do not trust them', async () => {
    const file = join(folder, 'keys', 'chip-authority.json');
    await keysOf(folder).trust();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('PRIVATE KEY');
    const other = await mkdtemp(join(tmpdir(), 'card-box-'));
    const card = await openCardBox(options, keysOf(other)).open('level2', null);
    expect(verify(card)).toMatchObject({ code: 'CHIP_UNTRUSTED' });
    await rm(other, { recursive: true });
  });

  it('say in a sentence that their file is damaged', async () => {
    const other = await mkdtemp(join(tmpdir(), 'card-box-'));
    await keysOf(other).trust();
    await writeFile(join(other, 'keys', 'chip-authority.json'), 'no JSON');
    await expect(keysOf(other).trust()).rejects.toThrow(/^The key file [^\n]+\.$/);
    await rm(other, { recursive: true });
  });
});

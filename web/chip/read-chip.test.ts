import { describe, expect, it } from 'vitest';
import type { ChipReader, ReadEvent, ReadFailure } from './chip-reader.ts';
import { openReading } from './read-chip.ts';
import type { ChipProgress } from './read-chip.ts';

const SIZES = [
  { name: 'COM', size: 10 },
  { name: 'DG1', size: 30 },
  { name: 'DG2', size: 60 },
];

/** A reader that loses contact in the middle of files, as told, each once. */
class FakeReader implements ChipReader {
  card = 'first';
  failsAtOnce: ReadFailure[] = [];
  losesIn: string[] = [];
  challengeFails: ReadFailure | null = null;
  readonly asked: (readonly string[])[] = [];

  async *read({ card, names }: { card: string | null; names: readonly string[] }): AsyncGenerator<ReadEvent> {
    this.asked.push(names);
    const failure = this.failsAtOnce.shift();
    if (failure !== undefined) return yield { event: 'FAILED', code: failure };
    yield { event: 'FOUND', card: this.card, files: SIZES };
    for (const { name, size } of SIZES) {
      if (card === this.card && names.includes(name)) continue;
      yield { event: 'PROGRESS', name, read: size / 2, size };
      if (this.losesIn[0] === name) {
        this.losesIn.shift();
        return yield { event: 'FAILED', code: 'NFC_LOST' };
      }
      yield { event: 'FILE', name, bytes: `${this.card} ${name}` };
    }
    return yield { event: 'DONE' };
  }

  challenge(card: string, challenge: string): ReturnType<ChipReader['challenge']> {
    const code = this.challengeFails;
    return Promise.resolve(code === null ? { response: `${card} ${challenge}` } : { code });
  }
}

function open(reader: ChipReader): { told: ChipProgress[]; reading: ReturnType<typeof openReading> } {
  const told: ChipProgress[] = [];
  let challenges = 0;
  const obtainChallenge = (): Promise<string> => Promise.resolve(`challenge ${(challenges += 1)}`);
  return { told, reading: openReading({ reader, obtainChallenge, onChange: (one) => told.push(one) }) };
}

const whole = { COM: 'first COM', DG1: 'first DG1', DG2: 'first DG2' };

describe('reading a chip', () => {
  it('brings all files and the answer, and tells how far it is from nothing to all', async () => {
    const { told, reading } = open(new FakeReader());
    expect(await reading.retry()).toEqual({ groups: whole, response: 'first challenge 1' });
    expect(told.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1])).toEqual([
      'LOOKING',
      'READING',
      'PROVING',
      'READ',
    ]);
    expect(told.at(-1)?.share).toBe(1);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });

  it.each(['NFC_OFF', 'NFC_NOT_FOUND', 'READER_UNAVAILABLE'] as const)(
    'stops with %s and goes on when asked again',
    async (code) => {
      const reader = new FakeReader();
      reader.failsAtOnce = [code];
      const { told, reading } = open(reader);
      expect(await reading.retry()).toBeNull();
      expect(told.at(-1)).toMatchObject({ phase: 'STOPPED', failure: code, isKept: false });
      expect(await reading.retry()).toMatchObject({ groups: whole });
      expect(told.at(-1)).toMatchObject({ phase: 'READ', failure: null });
    },
  );

  it('goes on where contact was lost, as often as it is lost, and never goes back in what it tells', async () => {
    const reader = new FakeReader();
    reader.losesIn = ['DG1', 'DG2'];
    const { told, reading } = open(reader);
    expect(await reading.retry()).toBeNull();
    expect(told.at(-1)).toMatchObject({ phase: 'STOPPED', failure: 'NFC_LOST', isKept: true });
    expect(await reading.retry()).toBeNull();
    expect(await reading.retry()).toEqual({ groups: whole, response: 'first challenge 1' });
    expect(reader.asked).toEqual([[], ['COM'], ['COM', 'DG1']]);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });

  it('begins anew with another card: files of two cards are never mixed', async () => {
    const reader = new FakeReader();
    reader.losesIn = ['DG2'];
    const { reading } = open(reader);
    expect(await reading.retry()).toBeNull();
    reader.card = 'second';
    const read = await reading.retry();
    expect(read?.groups).toEqual({ COM: 'second COM', DG1: 'second DG1', DG2: 'second DG2' });
  });

  it('asks for a fresh challenge each time it proves, and reads no file again for it', async () => {
    const reader = new FakeReader();
    reader.challengeFails = 'NFC_LOST';
    const { told, reading } = open(reader);
    expect(await reading.retry()).toBeNull();
    expect(told.at(-1)).toMatchObject({ phase: 'STOPPED', failure: 'NFC_LOST', isKept: true });
    reader.challengeFails = null;
    expect(await reading.retry()).toEqual({ groups: whole, response: 'first challenge 2' });
    expect(reader.asked.at(-1)).toEqual(['COM', 'DG1', 'DG2']);
  });

  it('tells nothing more once it is cancelled, and brings nothing', async () => {
    const { told, reading } = open(new FakeReader());
    reading.cancel();
    expect(await reading.retry()).toBeNull();
    expect(told).toEqual([]);
  });

  it('is under way once, however often it is asked', async () => {
    const reader = new FakeReader();
    const { reading } = open(reader);
    const both = await Promise.all([reading.retry(), reading.retry()]);
    expect(both.filter((read) => read !== null)).toHaveLength(1);
    expect(reader.asked).toHaveLength(1);
  });
});

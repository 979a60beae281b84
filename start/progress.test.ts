import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

function shown(isTTY: boolean, work: (progress: Progress) => void): string[] {
  const texts: string[] = [];
  work(new Progress('people', { isTTY, write: (text: string) => texts.push(text) }));
  return texts;
}

describe('progress', () => {
  it('is a line at each tenth of the whole where no terminal is', () => {
    const lines = shown(false, (progress) => {
      progress.add('one', 50);
      progress.add('other', 50);
      for (let done = 1; done <= 50; done += 1) progress.advance('one', done);
      progress.complete('other');
      progress.end();
    });
    expect(lines).toEqual([0, 10, 20, 30, 40, 50, 100].map((percent) => `people ${percent} %\n`));
  });

  it('is a bar on a terminal, drawn over itself, that names what is under way', () => {
    const [first, second, ...rest] = shown(true, (progress) => {
      progress.add('one', 10);
      progress.add('other', 10);
      progress.advance('one', 5);
      progress.advance('other', 10);
      progress.end();
    });
    expect(first).toBe(`\r\u001b[Kpeople [${'#'.repeat(7)}${'.'.repeat(23)}] 25 % one`);
    expect(second).toBe(`\r\u001b[Kpeople [${'#'.repeat(22)}${'.'.repeat(8)}] 75 % one`);
    expect(rest).toEqual(['\n']);
  });

  it('never goes beyond the whole, and a part that was not announced changes nothing', () => {
    const lines = shown(false, (progress) => {
      progress.add('one', 10);
      progress.advance('stranger', 3);
      progress.advance('one', 12);
    });
    expect(lines).toEqual(['people 100 %\n']);
  });

  it('writes nothing when there is nothing to do', () => {
    expect(shown(true, (progress) => progress.end())).toEqual([]);
  });
});

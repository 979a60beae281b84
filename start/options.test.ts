import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { serviceNames } from './service-names.ts';

describe('the command line', () => {
  it('that says nothing runs everything on port 4000 and leaves the number of people open', () => {
    expect(readOptions([])).toEqual({
      port: 4000,
      people: null,
      reset: false,
      roles: new Set(['gateway', ...serviceNames, 'witness', 'desk', 'reader']),
    });
  });

  it('is read in both spellings', () => {
    const options = readOptions(['--port', '5000', '--people=20', '--reset']);
    expect(options).toMatchObject({ port: 5000, people: 20, reset: true });
  });

  it('takes no people as a number of people', () => {
    expect(readOptions(['--people', '0']).people).toBe(0);
  });

  it('chooses what runs, the gateway too, whatever blanks stand between the names', () => {
    expect(readOptions(['--only', 'gateway, vehicles']).roles).toEqual(new Set(['gateway', 'vehicles']));
    const without = readOptions(['--without', 'gateway,accounts']).roles;
    expect(without).toEqual(
      new Set([...serviceNames.filter((name) => name !== 'accounts'), 'witness', 'desk', 'reader']),
    );
  });

  it.each([
    ['--people', '-1'],
    ['--people', '1e3'],
    ['--people', '2997001'],
    ['--port', '0'],
    ['--port', '65501'],
    ['--only', ''],
    ['--only', 'vehicles,,accounts'],
    ['--without', `gateway,witness,desk,reader,${serviceNames.join(',')}`],
    ['--__proto__', 'x'],
    ['-p', '4000'],
  ])('with %s %s is refused in one sentence', (...words) => {
    expect(() => readOptions(words)).toThrow(/^[^\n]+\.$/);
  });
});

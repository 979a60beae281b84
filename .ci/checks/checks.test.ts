import { describe, expect, test } from 'vitest';
import { incompletePackages } from './complete-lock.ts';
import { configPageComplaints } from './config-page.ts';
import { brokenLinks } from './doc-links.ts';
import { type CatalogueEntry, errorPageComplaints } from './error-page.ts';
import { type InstalledPackage, refusedLicences } from './licences.ts';
import { mergeMarks } from './merge-marks.ts';
import { unpinnedVersions } from './pinned-versions.ts';

describe('versions', () => {
  test('exact versions, and our own packages by "*", are fine', () => {
    const manifests = [
      { name: 'a', dependencies: { b: '*', pg: '8.23.1', turbo: '7.10.0-7.561d' } },
      { name: 'b', devDependencies: { pg: '8.23.1' } },
    ];
    expect(unpinnedVersions(manifests)).toEqual([]);
  });

  test.each(['^8.23.1', '~8.23.1', '8.x', '*', 'latest', 'npm:other@1.0.0', 'file:../pg'])(
    '%s is no pin',
    (version) => {
      expect(unpinnedVersions([{ name: 'a', optionalDependencies: { pg: version } }])).toEqual([
        `a: pin pg to an exact version instead of "${version}".`,
      ]);
    },
  );

  test('two packages that want two versions of one thing are told to agree', () => {
    const manifests = [
      { name: 'a', dependencies: { pg: '8.23.1' } },
      { name: 'b', dependencies: { pg: '8.23.0' } },
    ];
    expect(unpinnedVersions(manifests)).toEqual(['pg is 8.23.1 in a and 8.23.0 in b: agree on one.']);
  });
});

test('a lock without a build for another platform is told', () => {
  const parser = { optionalDependencies: { '@parser/linux': '1.0.0', '@parser/mac': '1.0.0' } };
  const linux = { 'node_modules/parser': parser, 'node_modules/@parser/linux': {} };
  expect(incompletePackages({ ...linux, 'node_modules/a/node_modules/@parser/mac': {} })).toEqual([]);
  expect(incompletePackages(linux)).toEqual([
    'package-lock.json lacks @parser/mac of node_modules/parser: npm ci will fail; take another version of it.',
  ]);
});

describe('licences', () => {
  const installed = (licence: string | null, onlyDevelopment: boolean): InstalledPackage[] => [
    { name: 'x', version: '1.0.0', licence, onlyDevelopment },
  ];

  test.each([
    ['MIT', false, true],
    ['(MIT OR GPL-3.0)', false, true],
    ['(MIT AND BSD-3-Clause)', false, true],
    ['MIT and ISC', false, true],
    ['(MIT AND GPL-3.0)', false, false],
    ['MPL-2.0', false, false],
    ['MPL-2.0', true, true],
    ['Elastic-2.0', false, false],
    ['Elastic-2.0', true, false],
    ['AGPL-3.0', true, false],
    ['SEE LICENSE IN LICENSE', false, false],
    [null, false, false],
  ])('%s, only for development %s: allowed %s', (licence, onlyDevelopment, allowed) => {
    expect(refusedLicences(installed(licence, onlyDevelopment)).length).toBe(allowed ? 0 : 1);
  });
});

describe('links', () => {
  const pages = new Map([
    [
      'README.md',
      'see [a](docs/a.md), [b](docs/a.md#giấy-phép-2), [out](https://example.org), `[code](none.md)`\n',
    ],
    ['docs/a.md', '# A\n## Giấy phép 2\n[up](../README.md) [self](#a)\n```\n[in a fence](none.md)\n```\n'],
  ]);
  const exists = (path: string): boolean => pages.has(path);

  test('links that lead to a page or a heading of it are fine', () => {
    expect(brokenLinks(pages, exists)).toEqual([]);
  });

  test.each([
    ['[x](gone.md)', 'which is not there'],
    ['[x](docs/a.md#gone)', 'but docs/a.md has no such heading'],
    ['[x](../outside.md)', 'which leaves the repository'],
    ['![x](gone.png "title")', 'which is not there'],
  ])('%s: %s', (text, wrong) => {
    expect(brokenLinks(new Map([...pages, ['README.md', text]]), exists)[0]).toContain(wrong);
  });
});

describe('marks of a merge', () => {
  const [ours, theirs] = ['<'.repeat(7), '>'.repeat(7)];

  test('at the beginning of a line are told with their place', () => {
    const text = `a\n${ours} HEAD\nb\n=======\nc\n${theirs} branch\n`;
    expect(mergeMarks(new Map([['docs/a.md', text]]))).toEqual([
      'docs/a.md:2 begins with the mark of a merge: settle which side stands.',
      'docs/a.md:6 begins with the mark of a merge: settle which side stands.',
    ]);
  });

  test.each([`> ${ours} quoted`, `${ours}without a space`, '=======', 'a << 7', '>>> three'])(
    '%s is none',
    (line) => {
      expect(mergeMarks(new Map([['a.ts', line]]))).toEqual([]);
    },
  );
});

describe('config', () => {
  const sources = new Map([['start/config.ts', "environment['APP_DATA'] ?? '.data'; environment[variable]"]]);

  test('a page with every variable that is read and no other is fine', () => {
    const page = '| `--port P` | 4000 |\n| `APP_DATA` | .data | see `OTHER_NAME` |\n| `<SERVICE>_URL` | |\n';
    expect(configPageComplaints(page, sources)).toEqual([]);
  });

  test('a variable that is read and not described, and one that nothing reads, are told', () => {
    expect(configPageComplaints('| `APP_GONE` | |\n', sources)).toEqual([
      'APP_DATA, which start/config.ts reads, is not in docs/config.md.',
      'docs/config.md documents APP_GONE, which no config.ts reads.',
    ]);
  });
});

describe('errors', () => {
  const catalogue: Record<string, CatalogueEntry> = {
    NOT_FOUND: { status: 404, retryable: false, fixedBy: 'caller' },
    TIMEOUT: { status: 504, retryable: true, fixedBy: 'operator' },
  };
  const notFound = '| `NOT_FOUND` | 404 | no | caller | Không tìm thấy. | Not found. |';
  const timeout = '| `TIMEOUT` | 504 | yes | operator | Quá hạn. | Too late. |';

  test('a page with every code and nothing else is fine', () => {
    expect(errorPageComplaints(`${notFound}\n${timeout}\n`, catalogue)).toEqual([]);
  });

  test.each([
    ['a code the page lacks', notFound, "TIMEOUT is in the kit's catalogue and not in docs/errors.md."],
    [
      'a ghost',
      `${notFound}\n${timeout}\n${timeout.replace('TIMEOUT', 'GONE')}`,
      'docs/errors.md documents GONE, which no code throws.',
    ],
    ['a code twice', `${notFound}\n${timeout}\n${timeout}`, 'docs/errors.md has TIMEOUT twice.'],
    [
      'a missing language',
      `${notFound.replace('Không tìm thấy.', '')}\n${timeout}`,
      'lacks a meaning of NOT_FOUND in a language.',
    ],
    ['another status', `${notFound.replace('404', '403')}\n${timeout}`, 'says of NOT_FOUND: 403, retry no'],
    ['another retry', `${notFound}\n${timeout.replace('yes', 'no')}`, 'says of TIMEOUT: 504, retry no'],
  ])('%s is told', (_case, page, complaint) => {
    expect(errorPageComplaints(page, catalogue).join('\n')).toContain(complaint);
  });
});

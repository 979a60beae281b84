/** What the checks of `.ci/checks` are asked about, read from the disk. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tool.ts';
import { type Check, outcomeOf } from './check.ts';
import { incompletePackages, type LockedPackage } from './complete-lock.ts';
import { configPageComplaints } from './config-page.ts';
import { brokenLinks } from './doc-links.ts';
import { errorPageComplaints } from './error-page.ts';
import { type InstalledPackage, refusedLicences } from './licences.ts';
import { mergeMarks } from './merge-marks.ts';
import { type Manifest, unpinnedVersions } from './pinned-versions.ts';

/** The checks that need no other program. */
export const repositoryChecks: readonly Check[] = [
  {
    name: 'versions',
    run: async () => {
      const { workspaces } = readJson<{ workspaces: string[] }>('package.json');
      const manifests = ['', ...workspaces].map((folder) => readJson<Manifest>(join(folder, 'package.json')));
      return outcomeOf(unpinnedVersions(manifests), `pinned in ${manifests.length} packages`);
    },
  },
  {
    name: 'lock',
    run: async () => {
      const { packages } = readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json');
      return outcomeOf(
        incompletePackages(packages),
        `complete with ${Object.keys(packages).length} packages`,
      );
    },
  },
  {
    name: 'licences',
    run: async () => {
      const packages = installedPackages();
      return outcomeOf(refusedLicences(packages), `allowed in ${packages.length} packages`);
    },
  },
  {
    name: 'links',
    run: async () => {
      const pages = readAll('**/*.md');
      const complaints = brokenLinks(pages, (path) => existsSync(join(root, path)));
      return outcomeOf(complaints, `lead somewhere in ${pages.size} pages`);
    },
  },
  {
    name: 'texts',
    run: async () => {
      const texts = readAll('**/*.{ts,tsx,mts,mjs,js,css,html,json,graphql,sql,prisma,toml,yml,yaml,md,txt}');
      return outcomeOf(mergeMarks(texts), `hold no marks of a merge in ${texts.size} files`);
    },
  },
  {
    name: 'config',
    run: async () => {
      const sources = readAll('{gateway,start,subgraphs,test}/**/config.ts');
      const page = readFileSync(join(root, 'docs/config.md'), 'utf8');
      return outcomeOf(configPageComplaints(page, sources), `described for ${sources.size} readers`);
    },
  },
  {
    name: 'errors',
    run: async () => {
      const { errorCatalogue: catalogue } = await import('@dinhdanh/kit');
      const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
      return outcomeOf(
        errorPageComplaints(page, catalogue),
        `${Object.keys(catalogue).length} codes documented`,
      );
    },
  },
];

/** Path → text of every file of ours that matches. */
function readAll(pattern: string): Map<string, string> {
  const paths = globSync(pattern, { cwd: root, exclude: isNotOurs });
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function isNotOurs(name: string): boolean {
  return ['node_modules', '.data', '.turbo', 'generated', 'dist', 'fixtures'].includes(
    name.slice(name.lastIndexOf('/') + 1),
  );
}

interface LockEntry {
  version?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
}

/** Every package of the lock file; one that is not installed here (another platform's) tells its licence in the lock. */
function installedPackages(): InstalledPackage[] {
  const { packages } = readJson<{ packages: Record<string, LockEntry> }>('package-lock.json');
  return Object.entries(packages).flatMap(([path, entry]) => {
    const at = path.lastIndexOf('node_modules/');
    if (at === -1 || entry.link === true) return [];
    return [
      {
        name: path.slice(at + 'node_modules/'.length),
        version: entry.version ?? '?',
        licence: statedLicence(path) ?? entry.license ?? null,
        onlyDevelopment: entry.dev === true || entry.devOptional === true,
      },
    ];
  });
}

function statedLicence(path: string): string | null {
  const manifest = join(path, 'package.json');
  if (!existsSync(join(root, manifest))) return null;
  const { license, licenses } = readJson<{
    license?: string | { type: string };
    licenses?: { type: string }[];
  }>(manifest);
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? null;
}

function readJson<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Shape;
}

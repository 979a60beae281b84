/** Reads the repository (or a fixture laid out like it) from the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource } from './parse-source.ts';
import type { House, SourceFile, WorkspacePackage } from './source.ts';

const leftOut = new Set([
  'node_modules',
  '.git',
  '.data',
  '.turbo',
  'generated',
  'dist',
  'coverage',
  'fixtures',
]);

/** Reads the workspace packages of a root folder. */
export function readPackages(root: string): WorkspacePackage[] {
  const { workspaces } = readJson<{ workspaces: string[] }>(join(root, 'package.json'));
  return workspaces.map((folder) => {
    const manifest = readJson<{ name: string; exports?: Record<string, string> }>(
      join(root, folder, 'package.json'),
    );
    return { name: manifest.name, folder, doors: manifest.exports ?? {} };
  });
}

/** Reads every .ts and .tsx file below a folder, but generated code and the laws' own fixtures. */
export function readHouse(folder: string, packages: readonly WorkspacePackage[]): House {
  const files: SourceFile[] = [];
  const walk = (inside: string): void => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!leftOut.has(entry.name)) walk(path);
      } else if (/\.tsx?$/.test(entry.name)) {
        files.push(parseSource(path, readFileSync(join(folder, path), 'utf8'), packages));
      }
    }
  };
  walk('');
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return { files, packages, fileAt: (path) => byPath.get(path) };
}

function readJson<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(path, 'utf8')) as Shape;
}

import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the web build, ready to be sent. */
export interface StaticFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** How long a browser may keep it. */
  readonly cacheControl: string;
  /** Strong, in quotes (RFC 9110 §8.8.3). */
  readonly etag: string;
}

/** The files of one folder by path, `assets/app-1a2b3c4d.js`. What is not in it when it is read does not exist. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** The build puts the hash of a file's content into its name, so the name never means anything else. */
const HASHED_ASSET = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Reads a folder once, at start, into memory: a few megabytes. Requests then choose among these files by name and never
 * reach the file system, so no path can lead out of the folder. Links, hidden files and types that a page of ours has no
 * use for (source maps among them) are left out.
 */
export async function readStaticFiles(root: string): Promise<StaticFiles> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((part) => part.startsWith('.')));
  const files = await Promise.all(paths.map((path) => readStaticFile(root, path)));
  return new Map(files.flat());
}

async function readStaticFile(root: string, path: string): Promise<(readonly [string, StaticFile])[]> {
  const type = types[extname(path)];
  if (type === undefined) return [];
  const name = path.split(sep).join('/');
  const bytes = await readFile(join(root, path));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return [[name, { bytes, type, cacheControl: cacheControlOf(name), etag }]];
}

function cacheControlOf(name: string): string {
  // A page names the assets of its build: an old one would ask for files that are gone.
  if (name.endsWith('.html')) return 'no-store';
  return HASHED_ASSET.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

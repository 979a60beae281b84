/** A file of the access log that may be asked for. */
export interface LogPath {
  readonly path: string;
  /** Whether it holds entries: for auditors alone. */
  readonly isBundle: boolean;
}

const SHARD = String.raw`(?:[0-9]{4}h[12]/)?`;
/** Levels 0 to 63 (C2SP tlog-tiles), or `entries`. */
const LEVEL = '(?:entries|[0-9]|[1-5][0-9]|6[0-3])';
/** The number of a tile in groups of three digits, all but the last behind an x; no group of zeros leads. */
const NUMBER = String.raw`(?:x(?!000/)[0-9]{3}/(?:x[0-9]{3}/){0,4})?[0-9]{3}`;
/** The width of a tile that is not full yet, 1 to 255. */
const WIDTH = String.raw`(?:\.p/(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?`;
const FILE = new RegExp(`^${SHARD}(?:checkpoint|tile/${LEVEL}/${NUMBER}${WIDTH})$`);

const BUNDLE = /(?:^|\/)tile\/entries\//;

/**
 * Reads what stands behind `/log/` in the target of a request, as it stands there: nothing is decoded, so no other
 * spelling of a path means the same. Null for what is no file of a log.
 */
export function readLogPath(target: string): LogPath | null {
  const [path = ''] = target.split('?', 1);
  const isBundle = BUNDLE.test(path);
  if (FILE.test(path)) return { path, isBundle };
  return null;
}

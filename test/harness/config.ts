/** What the environment says to the tests; every name stands in `docs/config.md`. */
export interface HarnessConfig {
  /** A Chromium of the machine's own, instead of the one from npm; null where none is set. */
  readonly chromiumPath: string | null;
}

/** Reads it. */
export function readHarnessConfig(environment = process.env): HarnessConfig {
  const path = environment['CHROMIUM_PATH'];
  return { chromiumPath: path === undefined || path === '' ? null : path };
}

/** The environment with some names put otherwise, for a process that is started. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(set), ...changes };
}

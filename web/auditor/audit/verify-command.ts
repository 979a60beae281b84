/** What the offline verifier is told on its command line. */
export interface VerifiedLog {
  /** The address of the console, without a path. */
  readonly site: string;
  readonly logKey: string;
  readonly witnessKeys: readonly string[];
}

/** The command that verifies the whole log from its public pages. */
export function logCommand({ site, ...keys }: VerifiedLog): string {
  return command([`--log ${quoted(`${site}/log`)}`, ...keyOptions(keys), '--last-seen dinhdanh-last-seen']);
}

/** The command that verifies an exported file without a network. */
export function exportCommand(file: string, keys: Omit<VerifiedLog, 'site'>): string {
  return command([`--export ${quoted(file)}`, ...keyOptions(keys)]);
}

function keyOptions({ logKey, witnessKeys }: Omit<VerifiedLog, 'site'>): readonly string[] {
  return [`--log-key ${quoted(logKey)}`, ...witnessKeys.map((key) => `--witness-key ${quoted(key)}`)];
}

function command(options: readonly string[]): string {
  return ['npx dinhdanh-verify', ...options].join(' \\\n  ');
}

/** As a POSIX shell takes it for one word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

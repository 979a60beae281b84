/** The only things the offline verifier believes. */
export interface PublicKeys {
  /** One for each log that entries are of; of a whole log its own first. */
  readonly logKeys: readonly string[];
  readonly witnessKeys: readonly string[];
}

/** A log at its address. */
export interface VerifiedLog extends PublicKeys {
  /** The address of the console, without a path. */
  readonly site: string;
}

/** The command that verifies the whole log from its public pages. */
export function logCommand({ site, ...keys }: VerifiedLog): string {
  return command([`--log ${quoted(`${site}/log`)}`, ...keyOptions(keys), '--last-seen dinhdanh-last-seen']);
}

/** The command that verifies an exported file without a network. */
export function exportCommand(file: string, keys: PublicKeys): string {
  return command([`--export ${quoted(file)}`, ...keyOptions(keys)]);
}

function keyOptions({ logKeys, witnessKeys }: PublicKeys): readonly string[] {
  return [
    ...logKeys.map((key) => `--log-key ${quoted(key)}`),
    ...witnessKeys.map((key) => `--witness-key ${quoted(key)}`),
  ];
}

function command(options: readonly string[]): string {
  return ['npx dinhdanh-verify', ...options].join(' \\\n  ');
}

/** As a POSIX shell takes it for one word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

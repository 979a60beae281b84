/**
 * The environment turborepo runs in: no telemetry, no look for updates, so that it opens no connection at all.
 * (A `telemetry` key in turbo.json is refused by this version; only the variables work.)
 */
export const quietTurbo: NodeJS.ProcessEnv = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

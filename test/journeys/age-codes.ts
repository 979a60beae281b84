import { runSql } from '@dinhdanh/kit/testing';

/** As much of what a registration keeps of its code as is made older. */
interface KeptCode {
  readonly until: string;
  readonly nextAt: string;
}

/** Has so many seconds pass for the codes that were sent to a phone (`0987000001`), and for nobody else's. */
export async function ageCodes(databaseUrl: string, phone: string, seconds: number): Promise<void> {
  const at = `phone = '+84${phone.slice(1)}'`;
  const [row] = await runSql<{ code: KeptCode }>(
    databaseUrl,
    `SELECT codes->'PHONE' AS code FROM registrations WHERE ${at} ORDER BY started_at DESC LIMIT 1`,
  );
  if (row === undefined) throw new TypeError('no code was sent there');
  const { until, nextAt } = row.code;
  const earlier = (instant: string): string => new Date(Date.parse(instant) - seconds * 1000).toISOString();
  const code = JSON.stringify({ PHONE: { until: earlier(until), nextAt: earlier(nextAt) } });
  const passed = `interval '${seconds} seconds'`;
  // Addresses of codes are hashed; the newest one is known by its end.
  await runSql(
    databaseUrl,
    `UPDATE otp_challenges SET created_at = created_at - ${passed}, expires_at = expires_at - ${passed}
     WHERE phone IN (SELECT phone FROM otp_challenges WHERE expires_at = '${until}')`,
  );
  await runSql(databaseUrl, `UPDATE registrations SET codes = codes || '${code}' WHERE ${at}`);
}

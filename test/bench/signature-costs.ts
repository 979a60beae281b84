import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { generateKeyPair, jwtVerify, SignJWT } from 'jose';

/** Processor time of one signature, with its token or without, in microseconds, threads of the pool counted in. */
export interface SignatureCosts {
  /** As the authorization server does them: a JWS by WebCrypto. */
  readonly signMicros: number;
  readonly verifyMicros: number;
  /** As gateway and passkeys do them: bare, by node:crypto. */
  readonly bareVerifyMicros: number;
}

const ROUNDS = 2_000;

/**
 * Signatures a flow takes in the services (ES256 each), counted in the code: assertion and proof at the pushed request, and again
 * at the token; the passkey's; token and proof at the gateway. Made: receipt, access token, ID token.
 */
export const SIGNATURES_A_FLOW = { verified: 4, bareVerified: 3, signed: 3 } as const;

/** Measures what each kind costs here. */
export async function measureSignatures(): Promise<SignatureCosts> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const sign = (): Promise<string> =>
    new SignJWT({ a: 1 }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  const token = await sign();
  const bare = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = Buffer.from(token);
  const signature = createSign('sha256').update(content).sign(bare.privateKey);
  return {
    signMicros: await costOf(sign),
    verifyMicros: await costOf(() => jwtVerify(token, publicKey)),
    bareVerifyMicros: await costOf(() =>
      createVerify('sha256').update(content).verify(bare.publicKey, signature),
    ),
  };
}

/** Of all signatures of a flow, in milliseconds. */
export function signatureMs({ signMicros, verifyMicros, bareVerifyMicros }: SignatureCosts): number {
  const { verified, bareVerified, signed } = SIGNATURES_A_FLOW;
  return (verified * verifyMicros + bareVerified * bareVerifyMicros + signed * signMicros) / 1000;
}

async function costOf(work: () => unknown): Promise<number> {
  for (let round = 0; round < ROUNDS / 10; round += 1) await work();
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return Number(((user + system) / ROUNDS).toFixed(1));
}

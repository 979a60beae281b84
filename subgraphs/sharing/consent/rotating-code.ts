import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long one picture stands before the next takes its place, in milliseconds. */
export const CODE_STEP_MS = 2_000;

/** How many steps a code may be away from the present one: the next for clocks that differ, the last for hands that scan. */
const STEPS_AWAY = 1;

/** The length of a code's proof: twelve bytes in base64url. */
const MAC_BYTES = 12;

/** By which way a code travels: `q` in the picture, `l` in the link to the same phone. */
export type CodeDoor = 'q' | 'l';

/** What codes of one request are made of. A new key makes every earlier code worthless. */
export interface CodeSecret {
  readonly handle: string;
  readonly codeKey: Uint8Array;
  /** When the steps began to count. */
  readonly codeFrom: Date;
}

/** A code as somebody presents it, read but not believed. */
export interface PresentedCode {
  readonly handle: string;
  readonly step: number;
  readonly door: CodeDoor;
  readonly mac: string;
}

/** The picture's code at an instant, and how long until the next takes its place. */
export interface RotatingCode {
  readonly code: string;
  readonly nextInMs: number;
}

/** The code that the picture shows at an instant: `<handle>.<step in base 36>.q.<mac>`. */
export function rotatingCode(secret: CodeSecret, now: Date): RotatingCode {
  const elapsed = Math.max(0, now.getTime() - secret.codeFrom.getTime());
  return {
    code: writeCode(secret, Math.floor(elapsed / CODE_STEP_MS), 'q'),
    nextInMs: CODE_STEP_MS - (elapsed % CODE_STEP_MS),
  };
}

/** The code of the link to the same phone. It does not rotate: it lives as long as the request can be claimed. */
export function linkCode(secret: CodeSecret): string {
  return writeCode(secret, 0, 'l');
}

const codeForm = /^([\w-]{22,64})\.(0|[1-9a-z][0-9a-z]{0,6})\.([ql])\.([\w-]{16})$/;

/** Reads a code; null where it has not the form of one. */
export function readCode(text: string): PresentedCode | null {
  const [, handle, step, door, mac] = codeForm.exec(text) ?? [];
  if (handle === undefined || step === undefined || mac === undefined) return null;
  return { handle, step: Number.parseInt(step, 36), door: door === 'l' ? 'l' : 'q', mac };
}

/** Whether a code is one of this request's: `forged` for any that we did not make, `expired` for a picture of before. */
export function checkCode(
  secret: CodeSecret,
  presented: PresentedCode,
  now: Date,
): 'valid' | 'expired' | 'forged' {
  const expected = Buffer.from(proof(secret, presented.step, presented.door));
  const given = Buffer.from(presented.mac);
  if (secret.handle !== presented.handle || given.length !== expected.length) return 'forged';
  if (!timingSafeEqual(given, expected)) return 'forged';
  if (presented.door === 'l') return presented.step === 0 ? 'valid' : 'forged';
  const present = Math.floor((now.getTime() - secret.codeFrom.getTime()) / CODE_STEP_MS);
  return Math.abs(present - presented.step) <= STEPS_AWAY ? 'valid' : 'expired';
}

function writeCode(secret: CodeSecret, step: number, door: CodeDoor): string {
  return `${secret.handle}.${step.toString(36)}.${door}.${proof(secret, step, door)}`;
}

function proof({ handle, codeKey }: CodeSecret, step: number, door: CodeDoor): string {
  return createHmac('sha256', codeKey)
    .update(`${handle}.${step.toString(36)}.${door}`)
    .digest()
    .subarray(0, MAC_BYTES)
    .toString('base64url');
}

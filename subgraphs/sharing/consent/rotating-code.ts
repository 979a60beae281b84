import { createHmac, timingSafeEqual } from 'node:crypto';

/** How a code came to whoever takes it: `q` off another screen's picture, `l` by a link on the same phone. */
export type CodeDoor = 'q' | 'l';

/** The picture changes at this pace. */
export const STEP_SECONDS = 2;
/** A picture is taken for so many steps before and after its own: a camera and a network need a moment. */
const STEPS_AROUND = 1;
/** 96 bits: enough against guessing within two minutes, and the picture stays coarse. */
const MAC_BYTES = 12;
const LINK_STEP = '0';
const LONGEST_CODE = 200;
const FORM = /^([\w-]{20,100})\.([0-9a-z]{1,10})\.([ql])\.([\w-]{16})$/;

/** What a code is made from: key and beginning belong to one request and change with each new code. */
export interface CodeSource {
  readonly handle: string;
  readonly codeKey: Uint8Array;
  readonly codeFrom: Date;
}

/** A code taken apart; nothing of it is believed yet. */
export interface ReadCode {
  readonly handle: string;
  readonly step: string;
  readonly door: CodeDoor;
  readonly mac: string;
}

/** The code of a moment: `<handle>.<step base36>.<door>.<mac>`. */
export function makeCode(source: CodeSource, door: CodeDoor, now: Date): string {
  const step = door === 'l' ? LINK_STEP : stepAt(source, now).toString(36);
  return `${source.handle}.${step}.${door}.${macOf(source, step, door).toString('base64url')}`;
}

/** In how many milliseconds the picture changes. */
export function nextCodeInMs({ codeFrom }: Pick<CodeSource, 'codeFrom'>, now: Date): number {
  const period = STEP_SECONDS * 1000;
  return period - ((((now.getTime() - codeFrom.getTime()) % period) + period) % period);
}

/** Takes a code apart; null for what has another form. */
export function readCode(code: string): ReadCode | null {
  if (code.length > LONGEST_CODE) return null;
  const [, handle, step, door, mac] = FORM.exec(code) ?? [];
  if (handle === undefined || step === undefined || mac === undefined) return null;
  return { handle, step, door: door === 'l' ? 'l' : 'q', mac };
}

/**
 * Holds a code against its request: `FALSE` where it was never made for it, `OLD` where it was, at another time.
 * A link holds as long as the request can be taken, which is for the store to tell.
 */
export function checkCode(code: ReadCode, source: CodeSource, now: Date): 'GOOD' | 'OLD' | 'FALSE' {
  const given = Buffer.from(code.mac, 'base64url');
  const right = macOf(source, code.step, code.door);
  if (code.handle !== source.handle || given.length !== right.length || !timingSafeEqual(given, right))
    return 'FALSE';
  if (code.door === 'l') return code.step === LINK_STEP ? 'GOOD' : 'FALSE';
  return Math.abs(Number.parseInt(code.step, 36) - stepAt(source, now)) <= STEPS_AROUND ? 'GOOD' : 'OLD';
}

function stepAt({ codeFrom }: CodeSource, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - codeFrom.getTime()) / (STEP_SECONDS * 1000)));
}

function macOf({ handle, codeKey }: CodeSource, step: string, door: CodeDoor): Buffer {
  return createHmac('sha256', codeKey).update(`${handle}.${step}.${door}`).digest().subarray(0, MAC_BYTES);
}

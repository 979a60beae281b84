import { createHmac } from 'node:crypto';
import type { Waiting } from './consents-under-test.ts';

/** The code in the picture at a moment, made as the contract says and by no code of ours. */
export function codeOf({ handle, codeKey, codeFrom }: Waiting, at: Date): string {
  return sealed(handle, codeKey, Math.floor((at.getTime() - codeFrom.getTime()) / 2000).toString(36), 'q');
}

/** The code in the link on the same phone. */
export function linkOf({ handle, codeKey }: Waiting): string {
  return sealed(handle, codeKey, '0', 'l');
}

function sealed(handle: string, codeKey: Buffer, step: string, door: 'q' | 'l'): string {
  const mac = createHmac('sha256', codeKey).update(`${handle}.${step}.${door}`).digest().subarray(0, 12);
  return `${handle}.${step}.${door}.${mac.toString('base64url')}`;
}

import type { PDU } from 'smpp';
import type { Receipt } from '../carrier.ts';

/** Of esm_class, the bits that tell a receipt from what a person wrote (SMPP 3.4, 5.2.12). */
const KIND_BITS = 0x3c;
const RECEIPT = 0x04;

/** message_state (SMPP 3.4, 5.2.28): those that are an end. */
const ends: Readonly<Record<number, string>> = {
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  7: 'UNKNOWN',
  8: 'REJECTD',
};

/** Appendix B of SMPP 3.4: `id:IIIIIIIIII sub:SSS dlvrd:DDD … stat:DDDDDDD err:E Text: …`. */
const inText = /(?:^|\s)id:(\S{1,65})[\s\S]*?\sstat:([A-Z]{4,8})\b/;

/**
 * Reads what a message centre tells of a message it has taken, from the fields made for it or else from the text that most
 * send; null for what is no receipt, and for one that is no end yet.
 */
export function readReceipt(pdu: PDU): Receipt | null {
  if (((pdu.esm_class ?? 0) & KIND_BITS) !== RECEIPT) return null;
  const text = pdu.short_message?.message ?? pdu.message_payload?.message ?? '';
  const [, idInText, stateInText] = inText.exec(text.toString()) ?? [];
  const id = pdu.receipted_message_id ?? idInText;
  const state = pdu.message_state === undefined ? stateInText : ends[pdu.message_state];
  if (id === undefined || id === '' || state === undefined) return null;
  if (state === 'DELIVRD') return { id, delivered: true, reason: null };
  return Object.values(ends).includes(state) ? { id, delivered: false, reason: state } : null;
}

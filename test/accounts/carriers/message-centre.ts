/**
 * A message centre (SMPP 3.4) in a process of its own: takes what it is sent, and does as it is told over its channel to
 * the test. `{answer, times}` refuses submissions, `{bind}` refuses binds, `{mute}` answers nothing, `{drop}` cuts all
 * connections, `{receipts}` says how the end is told.
 */
import smpp from 'smpp';
import type { PDU, Session } from 'smpp';

/** What the test tells the centre. */
export interface Order {
  readonly answer?: { readonly status: string; readonly times: number };
  readonly bind?: string | null;
  readonly mute?: boolean;
  readonly drop?: true;
  readonly receipts?: 'DELIVRD' | 'UNDELIV' | 'none';
  readonly deliver?: { readonly esmClass: number; readonly text: string };
}

/** What the centre tells the test: what it took, as it stands in the message. */
export interface Told {
  readonly port?: number;
  readonly event?: 'bound' | 'refused' | 'submitted' | 'enquired' | 'delivered' | 'closed';
  readonly to?: string;
  readonly from?: string;
  readonly text?: string;
  readonly coding?: number;
  readonly udh?: readonly number[] | null;
  readonly payload?: boolean;
  readonly validity?: string;
  readonly status?: number;
}

const tell = (told: Told): void => void process.send?.(told);
const sessions = new Set<Session>();
let orders: Order = { receipts: 'DELIVRD' };
let refusals = 0;
let count = 0;

const server = smpp.createServer((session) => {
  sessions.add(session);
  session.on('error', () => session.destroy());
  session.on('close', () => {
    sessions.delete(session);
    tell({ event: 'closed' });
  });
  session.on('bind_transceiver', (pdu: PDU) => {
    const refused = orders.bind ?? (pdu.password === 'secret' ? null : 'ESME_RINVPASWD');
    tell({ event: refused === null ? 'bound' : 'refused' });
    session.send(
      pdu.response({ command_status: refused === null ? 0 : smpp.errors[refused], system_id: 'centre' }),
    );
  });
  session.on('enquire_link', (pdu: PDU) => {
    tell({ event: 'enquired' });
    if (orders.mute !== true) session.send(pdu.response());
  });
  session.on('unbind', (pdu: PDU) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('submit_sm', (pdu: PDU) => take(session, pdu));
});

function take(session: Session, pdu: PDU): void {
  if (orders.mute === true) return;
  if (refusals > 0 && orders.answer !== undefined) {
    refusals -= 1;
    session.send(pdu.response({ command_status: smpp.errors[orders.answer.status] }));
    return;
  }
  count += 1;
  const id = `centre-${process.pid}-${count}`;
  const given = pdu.message_payload ?? pdu.short_message;
  const { message = '', udh } = given ?? {};
  const text = Buffer.isBuffer(message) ? Buffer.from(message).swap16().toString('utf16le') : message;
  tell({
    event: 'submitted',
    to: pdu.destination_addr ?? '',
    from: pdu.source_addr ?? '',
    text,
    coding: pdu.data_coding ?? -1,
    udh: udh?.[0] === undefined ? null : [...udh[0]],
    payload: pdu.message_payload !== undefined,
    validity: String(pdu.validity_period),
  });
  // The end may be told before the submission is answered.
  if (orders.receipts !== 'none') deliver(session, 4, receiptText(id, orders.receipts ?? 'DELIVRD'));
  session.send(pdu.response({ message_id: id }));
}

/** Appendix B of SMPP 3.4. */
function receiptText(id: string, state: string): string {
  return `id:${id} sub:001 dlvrd:001 submit date:2611211000 done date:2611211000 stat:${state} err:000 text:`;
}

function deliver(session: Session, esmClass: number, text: string): void {
  const pdu = new smpp.PDU('deliver_sm', { esm_class: esmClass, short_message: text });
  session.send(pdu, (answer) => tell({ event: 'delivered', text, status: answer.command_status }));
}

process.on('message', (order: Order) => {
  orders = { ...orders, ...order };
  refusals = order.answer?.times ?? refusals;
  if (order.drop) for (const session of sessions) session.destroy();
  if (order.deliver)
    for (const session of sessions) deliver(session, order.deliver.esmClass, order.deliver.text);
  process.send?.({});
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => tell({ port: server.address().port }));

/** A mail server (SMTP) in a process of its own: tells the test each letter it takes, and refuses recipients as told. */
import { SMTPServer } from 'smtp-server';

/** What the test tells the server: the code recipients are refused with. */
export interface MailOrder {
  readonly refuse: number | null;
}

/** What the server tells the test. */
export interface MailTold {
  readonly port?: number;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly letter?: string;
}

let order: MailOrder = { refuse: null };

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _session, done) => {
    if (username === 'dinhdanh' && password === 'secret') done(null, { user: username });
    else done(Object.assign(new Error('no'), { responseCode: 535 }));
  },
  onRcptTo: (_address, _session, done) => {
    if (order.refuse === null) done();
    else done(Object.assign(new Error('refused'), { responseCode: order.refuse }));
  },
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      const told: MailTold = {
        ...{ from, to: rcptTo.map(({ address }) => address) },
        letter: Buffer.concat(chunks).toString('utf8'),
      };
      process.send?.(told);
      done();
    });
  },
});

process.on('message', (told: MailOrder) => {
  order = told;
  process.send?.({});
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '0.0.0.0', () => {
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

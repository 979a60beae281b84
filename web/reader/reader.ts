import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ChipPlayer } from './chip-player.ts';
import type { ReaderEvent } from './chip-player.ts';
import { readerPage } from './pages.ts';
import type { CardBox, Language } from './reader-card.ts';

export type { ReaderEvent, ReaderFailure } from './chip-player.ts';
export type { CardBox, ReaderCard } from './reader-card.ts';

/** What a reader is started with. */
export interface ReaderOptions {
  /** 0 takes a free port. It listens on this machine alone, whatever the rest does. */
  readonly port: number;
  /** The one origin whose pages may ask it; null until it is known. */
  readonly gatewayOrigin: () => string | null;
  readonly box: CardBox;
  /** How fast a chip is read; real ones give some 20,000. Infinity waits for nothing. */
  readonly bytesPerSecond: number;
}

/** A reader that listens. */
export interface RunningReader {
  readonly port: number;
  /** `http://reader.localhost:port`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** What a page of the gateway asks; everything else is the reader's own page. */
const ASKED = ['/read', '/challenge'];
const CHALLENGE_BYTES = 8;

/**
 * Starts the reader that stands for a telephone (đầu đọc thẻ giả lập): a program of its own on loopback, since no browser
 * reads the chip of an identity card. Pages of the gateway ask it by `POST /read` (lines of JSON, {@link ReaderEvent}) and
 * `POST /challenge`; its own page chooses the card and what goes wrong. Pages of any other origin are refused, and so is
 * any other name for this machine, under which one could ask in its place.
 */
export async function startReader(options: ReaderOptions): Promise<RunningReader> {
  const server = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 16 * 1024 });
  const style = await readFile(join(import.meta.dirname, 'reader.css'), 'utf8');
  const player = new ChipPlayer(options.bytesPerSecond);
  const place = { port: 0 };
  const own = (): string => `http://reader.localhost:${place.port}`;
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  guard(server, () => ({ own: own(), gateway: options.gatewayOrigin() }));
  server.get('/reader.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
  serveChip(server, player);
  servePage(server, player, options.box);
  await server.listen({ host: HOST, port: options.port });
  const [address] = server.addresses();
  place.port = typeof address === 'object' ? address.port : options.port;
  return { port: place.port, url: own(), stop: () => server.close() };
}

interface Origins {
  readonly own: string;
  readonly gateway: string | null;
}

/** Who may ask what: by the name they know this machine by, and by the origin that browsers tell. */
function guard(server: FastifyInstance, origins: () => Origins): void {
  server.addHook('onRequest', async (request, reply) => {
    const { own, gateway } = origins();
    const { origin, host } = request.headers;
    const path = request.url.split('?', 1)[0] ?? '/';
    const isAsked = ASKED.includes(path);
    const isGateway = origin !== undefined && nameOf(origin) === nameOf(gateway ?? own);
    const port = new URL(own).port;
    const isOurName = ['reader.localhost', 'localhost', HOST].some((name) => host === `${name}:${port}`);
    const isOwn = origin === own || origin === `http://${host}`;
    // Programs send no origin; browsers do with every POST.
    if (!isOurName || (origin !== undefined && !isOwn && !(isAsked && isGateway)))
      return reply.code(403).send({ code: 'FORBIDDEN' });
    reply.headers(headersOf(isAsked && isGateway ? origin : null));
    return request.method === 'OPTIONS' ? reply.code(204).send() : undefined;
  });
  for (const url of ASKED) server.options(url, (_request, reply) => reply.code(204).send());
}

/** An origin by its name: this machine has two, and people open its gateway under either. */
function nameOf(origin: string): string {
  return origin.replace(/^http:\/\/127\.0\.0\.1(?=:|$)/, 'http://localhost');
}

function headersOf(origin: string | null | undefined): Record<string, string> {
  return {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    // With none at all, browsers would send forms of the reader's own page from the origin "null".
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    vary: 'origin',
    ...(origin === null || origin === undefined
      ? {}
      : {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'content-type',
          // A page of another machine's gateway asks this one.
          'access-control-allow-private-network': 'true',
        }),
  };
}

/** What the pages of the gateway ask. */
function serveChip(server: FastifyInstance, player: ChipPlayer): void {
  server.post('/read', (request, reply) => {
    const { card, had } = (request.body ?? {}) as { card?: unknown; had?: unknown };
    const names = Array.isArray(had) ? had.filter((name) => typeof name === 'string') : [];
    const events = player.read(typeof card === 'string' ? card : null, new Set(names));
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(linesOf(events)));
  });
  server.post('/challenge', (request, reply) => {
    const { card, challenge } = (request.body ?? {}) as { card?: unknown; challenge?: unknown };
    const bytes = typeof challenge === 'string' ? Buffer.from(challenge, 'base64url') : Buffer.alloc(0);
    if (typeof card !== 'string' || bytes.length !== CHALLENGE_BYTES)
      return reply.code(400).send({ code: 'BAD_USER_INPUT' });
    const answer = player.answer(card, bytes);
    return typeof answer === 'string'
      ? reply.code(409).send({ code: answer })
      : reply.send({ response: Buffer.from(answer).toString('base64url') });
  });
}

async function* linesOf(events: AsyncIterable<ReaderEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

/** The reader's own page. */
function servePage(server: FastifyInstance, player: ChipPlayer, box: CardBox): void {
  let files: readonly string[] = [];
  server.get('/', (request, reply) => {
    const { without } = request.query as { without?: unknown };
    const page = { language: languageOf(request, reply), state: player.state(), box, files };
    return reply
      .type('text/html; charset=utf-8')
      .send(readerPage({ ...page, isWithoutCard: without !== undefined }));
  });
  server.post('/lay', async (request, reply) => {
    const { holder = '', place = '', fault = '' } = (request.body ?? {}) as Record<string, string>;
    const id = place === '' ? holder : place;
    const card = await box.open(id, fault === '' ? null : fault);
    player.lay(card, wordsOf(box, id, fault));
    files = card?.files.map(({ name }) => name) ?? [];
    return reply.redirect(card === null ? '/?without' : '/', 303);
  });
  server.post('/take', (_request, reply) => {
    player.lay(null);
    return reply.redirect('/', 303);
  });
  for (const [url, isOn] of [
    ['/on', true],
    ['/off', false],
  ] as const) {
    server.post(url, (_request, reply) => {
      player.switch(isOn);
      return reply.redirect('/', 303);
    });
  }
  server.post('/lose', (request, reply) => {
    const { file = '' } = (request.body ?? {}) as Record<string, string>;
    player.loseIn(files.includes(file) ? file : null);
    return reply.redirect('/', 303);
  });
}

/** Whose card it is and what is wrong with it, for the page alone. */
function wordsOf({ holders, faults }: CardBox, id: string, fault: string): string {
  const name = holders.find((holder) => holder.id === id)?.name ?? `№ ${id}`;
  const wrong = faults.find((one) => one.id === fault)?.name;
  return wrong === undefined ? name : `${name} · ${wrong.vi} / ${wrong.en}`;
}

function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
  const { lang } = request.query as { lang?: unknown };
  if (lang === 'vi' || lang === 'en') {
    reply.header('set-cookie', `reader-lang=${lang}; Path=/; SameSite=Lax; Max-Age=31536000`);
    return lang;
  }
  return (request.headers.cookie ?? '').includes('reader-lang=en') ? 'en' : 'vi';
}

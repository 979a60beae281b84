import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oauth from 'openid-client';
import { deskParties } from './desk-party.ts';
import type { DeskCredentials, DeskParty, Language } from './desk-party.ts';
import { answerPage, counterPage, startPage } from './pages.ts';
import type { PageFrame } from './pages.ts';
import { RelyingParty } from './relying-party.ts';
import type { Granted } from './relying-party.ts';
import { Visits } from './visits.ts';
import type { Visit } from './visits.ts';

export { deskParties } from './desk-party.ts';
export type { DeskCredentials, DeskParty } from './desk-party.ts';

/** What a desk is started with. */
export interface DeskOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The issuer: the public origin of the gateway, asked for when it is needed. */
  readonly issuer: () => string;
  /** The OAuth client of each party, by the party's key. */
  readonly credentials: Readonly<Record<string, DeskCredentials>>;
  /** Where a party's customers come back to. */
  readonly redirectUri: (party: string) => string;
  readonly clock: () => Date;
}

/** A desk that listens. */
export interface RunningDesk {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** The address customers of a party come back to, below a desk's origin. */
export function redirectPath(party: string): string {
  return `/${party}/callback`;
}

/** Starts the desk (quầy giao dịch): a relying party's own site, of an origin of its own, that uses public endpoints alone. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const server = Fastify({ logger: false, forceCloseConnections: true });
  const style = await readFile(join(import.meta.dirname, 'desk.css'), 'utf8');
  const visits = new Visits();
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_r, _b, done) =>
    done(null, null),
  );
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${options.issuer()}; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  server.get('/desk.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
  server.get('/', (request, reply) => send(reply, startPage(deskParties, frameOf(request, reply))));
  for (const party of deskParties) {
    const credentials = options.credentials[party.key];
    if (credentials === undefined) continue;
    const places = { issuer: options.issuer, redirectUri: () => options.redirectUri(party.key) };
    serveCounter(server, new Counter(new RelyingParty(party, credentials, places), visits, options.clock));
  }
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  return { port: typeof address === 'object' ? address.port : options.port, stop: () => server.close() };
}

/** One party's counter: its customers and what becomes of them. */
class Counter {
  readonly party: DeskParty;
  readonly visits: Visits;
  readonly clock: () => Date;
  readonly #client: RelyingParty;

  constructor(client: RelyingParty, visits: Visits, clock: () => Date) {
    this.#client = client;
    this.party = client.party;
    this.visits = visits;
    this.clock = clock;
  }

  /** Where the browser goes for the code; null where the gateway does not answer, which the visit then tells. */
  async begin(visit: Visit): Promise<URL | null> {
    try {
      const { url, ...begun } = await this.#client.begin(this.clock());
      visit.begun = begun;
      return url;
    } catch (failure) {
      visit.problem = problemOf(failure);
      return null;
    }
  }

  /** Takes the answer the browser brought, and asks. What was begun can be finished once. */
  async finish(visit: Visit, address: URL): Promise<void> {
    const { begun } = visit;
    visit.begun = null;
    if (begun === null) return;
    await this.#attempt(visit, async () => this.#client.finish(begun, address, this.clock()));
  }

  /** Asks again, with a new token where the consent stands and the old one has run out. */
  async again(visit: Visit): Promise<void> {
    const { granted } = visit;
    if (granted !== null) await this.#attempt(visit, async () => this.#client.renew(granted, this.clock()));
  }

  async #attempt(visit: Visit, take: () => Promise<Granted>): Promise<void> {
    visit.problem = null;
    visit.answer = null;
    try {
      const granted = await take();
      visit.granted = granted;
      visit.answer = await this.#client.ask(granted);
    } catch (failure) {
      visit.problem = problemOf(failure);
    }
  }
}

function serveCounter(server: FastifyInstance, counter: Counter): void {
  const { party, visits } = counter;
  const root = `/${party.key}`;
  const visitOf = (request: FastifyRequest): Visit | null =>
    visits.find(readCookie(request, `visit-${party.key}`), party.key, counter.clock().getTime());
  server.get(root, (request, reply) => {
    const visit = visitOf(request);
    const frame = frameOf(request, reply);
    const isDone = visit !== null && (visit.granted !== null || visit.problem !== null);
    return send(reply, isDone ? answerPage(party, visit, frame) : counterPage(party, frame));
  });
  server.post(`${root}/begin`, async (_request, reply) => {
    const visit = visits.open(party.key, counter.clock().getTime());
    const url = await counter.begin(visit);
    reply.header(
      'set-cookie',
      `visit-${party.key}=${visit.id}; Path=${root}; HttpOnly; SameSite=Lax; Max-Age=1800`,
    );
    return reply.redirect(url?.href ?? root, 303);
  });
  server.get(redirectPath(party.key), async (request, reply) => {
    const visit = visitOf(request);
    if (visit !== null) await counter.finish(visit, addressOf(request));
    return reply.redirect(root, 303);
  });
  server.post(`${root}/again`, async (request, reply) => {
    const visit = visitOf(request);
    if (visit !== null) await counter.again(visit);
    return reply.redirect(root, 303);
  });
  server.post(`${root}/close`, async (request, reply) => {
    const visit = visitOf(request);
    if (visit !== null) visits.close(visit.id);
    return reply.redirect(root, 303);
  });
}

/** The address the browser was sent to, as the authorization server knows it. */
function addressOf(request: FastifyRequest): URL {
  return new URL(request.url, `http://${request.headers.host ?? 'localhost'}`);
}

/** The OAuth error code, or that nothing answered: never more, since messages may quote what was sent. */
function problemOf(failure: unknown): string {
  if (failure instanceof oauth.AuthorizationResponseError || failure instanceof oauth.ResponseBodyError)
    return failure.error;
  return 'unavailable';
}

function frameOf(request: FastifyRequest, reply: FastifyReply): PageFrame {
  const asked = (request.query as { lang?: unknown }).lang;
  const chosen = asked === 'vi' || asked === 'en' ? asked : null;
  if (chosen !== null) reply.header('set-cookie', `lang=${chosen}; Path=/; SameSite=Lax; Max-Age=31536000`);
  const language: Language = (chosen ?? readCookie(request, 'lang')) === 'en' ? 'en' : 'vi';
  return { language, path: request.url.split('?', 1)[0] ?? '/' };
}

function readCookie(request: FastifyRequest, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

function send(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html);
}

import type { PageBrowser } from './page-browser.ts';

/** An answer of the page's interface. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests reach into whatever they asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A message of an event stream, or a line that only keeps it alive. */
export interface PageEvent {
  readonly event: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** The page of a request as its scripts ask, in one browser. */
export class PageVisitor {
  readonly #origin: string;
  readonly #base: string;
  readonly #browser: PageBrowser;

  /** `address` is another front door of the same public origin. */
  constructor(origin: string, handle: string, browser: PageBrowser, address = origin) {
    this.#origin = new URL(origin).origin;
    this.#base = `${address}/share/${handle}`;
    this.#browser = browser;
  }

  state(): Promise<PageAnswer> {
    return this.#send('state', {});
  }

  get(action: string): Promise<PageAnswer> {
    return this.#send(action, {});
  }

  /** Posts as our own page does; headers given replace those. */
  post(action: string, content: unknown = {}, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return this.raw(action, JSON.stringify(content), {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      origin: this.#origin,
      ...headers,
    });
  }

  raw(action: string, body: string, headers: Record<string, string>): Promise<PageAnswer> {
    return this.#send(action, { method: 'POST', body, headers });
  }

  /** Opens the stream of events; messages come as they are read, and it ends when the server ends it. */
  async *events(signal?: AbortSignal): AsyncGenerator<PageEvent> {
    const url = `${this.#base}/events`;
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', cookie: this.#browser.cookieFor(url) },
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status !== 200) throw new TypeError(`no events: ${response.status}`);
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const message = readMessage(text.slice(0, end));
        text = text.slice(end + 2);
        if (message !== null) yield message;
      }
    }
  }

  async #send(
    action: string,
    options: { method?: string; body?: string; headers?: Record<string, string> },
  ): Promise<PageAnswer> {
    const url = `${this.#base}/${action}`;
    const cookie = this.#browser.cookieFor(url.split('?')[0] ?? url);
    const response = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...options.headers,
        ...(cookie === '' ? {} : { cookie }),
      },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

function readMessage(block: string): PageEvent | null {
  const lines = block.split('\n');
  const valueOf = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = valueOf('data');
  return data === undefined ? null : { event: valueOf('event') ?? 'message', data: JSON.parse(data) };
}

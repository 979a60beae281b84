/** A browser as far as the flow needs one: it keeps cookies by path and follows nothing by itself. */
export class PageBrowser {
  readonly #cookies = new Map<string, { path: string; pair: string }>();

  /** Gets a page; the redirect is left to the caller. */
  async get(
    url: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; location: string | null; text: string; headers: Headers }> {
    const cookie = this.cookieFor(url);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
      headers: response.headers,
    };
  }

  /** The cookies that go to an address, as one header; empty where there are none. */
  cookieFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ pair }) => pair)
      .join('; ');
  }

  /** Names and paths of the cookies kept. */
  get cookies(): readonly string[] {
    return [...this.#cookies.keys()];
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
    const [name = ''] = pair.split('=');
    if (/expires=Thu, 01 Jan 1970/.test(line)) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { path, pair });
  }
}

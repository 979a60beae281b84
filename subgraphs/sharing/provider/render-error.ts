import type { KoaContextWithOIDC } from 'oidc-provider';

const sentences: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  invalid_request_uri: [
    'Yêu cầu này đã được dùng hoặc đã hết hạn. Hãy quay lại trang của bên yêu cầu và bắt đầu lại.',
    'This request was used already or has expired. Go back to the page of who asked and begin again.',
  ],
  server_error: [
    'Hệ thống đang gặp sự cố. Xin thử lại sau ít phút.',
    'Something is wrong on our side. Please try again in a few minutes.',
  ],
};
const otherwise: readonly [vi: string, en: string] = [
  'Yêu cầu này không hợp lệ, nên không có dữ liệu nào được chia sẻ. Hãy quay lại trang của bên yêu cầu.',
  'This request is not valid, so nothing was shared. Go back to the page of who asked.',
];

/** Shows a refusal that cannot be sent back to a relying party: a plain page for a browser, JSON for all else, and no word of what happened inside. */
export function renderError(
  ctx: KoaContextWithOIDC,
  out: { readonly error: string; readonly error_description?: string | undefined },
): void {
  if (ctx.accepts('json', 'html') !== 'html') {
    ctx.type = 'json';
    ctx.body = { error: out.error, error_description: out.error_description };
    return;
  }
  const [vi, en] = sentences[out.error] ?? otherwise;
  const english = ctx.acceptsLanguages('vi', 'en') === 'en';
  ctx.type = 'html';
  ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  ctx.body = `<!doctype html>
<html lang="${english ? 'en' : 'vi'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Dinhdanh</title><style>body{font:1.125rem/1.5 sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}code{color:#555}</style></head>
<body><main><h1>Dinhdanh</h1><p lang="vi">${vi}</p><p lang="en">${en}</p><p><code>${escapeHtml(out.error)}</code></p></main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[^\w ]/g, (character) => `&#${character.codePointAt(0)};`);
}

import { createHash } from 'node:crypto';

const style = `:root{color-scheme:light dark}body{margin:0;font:112.5%/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;background:#f3f6f4;color:#14231f}main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.5rem;line-height:1.3}section+section{border-top:1px solid #72847d;margin-top:2rem}@media(prefers-color-scheme:dark){body{background:#0e1614;color:#eaf2ee}}`;

/** The policy of the page: nothing is loaded, nothing runs, and no style but its own. */
export const WRONG_BROWSER_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * What a browser sees that opens a return address which is not its own, has been used, or never was: always the same. In
 * both languages, since nothing is known of who reads it.
 */
export const WRONG_BROWSER_PAGE = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Chưa chia sẻ gì | Định danh</title>
<style>${style}</style>
</head>
<body>
<main>
<section>
<h1>Trang này chưa chia sẻ gì</h1>
<p>Liên kết vừa mở chỉ dùng được một lần, trong chính trình duyệt đã bắt đầu yêu cầu. Ở đây, không có dữ liệu nào được chia sẻ.</p>
<p>Hãy quay lại trình duyệt mà bạn đã bắt đầu và tiếp tục ở đó. Nếu bạn không bắt đầu yêu cầu nào, hãy đóng trang này.</p>
</section>
<section lang="en">
<h2>Nothing was shared here</h2>
<p>The link you opened works once, and only in the browser where the request began. No data was shared here.</p>
<p>Go back to the browser where you began and carry on there. If you did not begin any request, close this page.</p>
</section>
</main>
</body>
</html>
`;

import type { KeptMessage } from '../carriers/development.ts';
import type { MessageLanguage } from '../message.ts';
import { timeInWords } from '../time-in-words.ts';

const words = {
  title: { vi: 'Hộp thư thử nghiệm', en: 'Test outbox' },
  stands: {
    vi: 'Trang này thay cho điện thoại và hộp thư của người nhận. Chỉ dùng khi phát triển: không có tin nào được gửi đi, và các tin mất khi dịch vụ dừng.',
    en: 'This page stands for the telephone and the mailbox of whoever is written to. For development only: nothing is sent, and the messages are gone when the service ends.',
  },
  none: { vi: 'Chưa có tin nào.', en: 'No messages yet.' },
  reload: { vi: 'Tải lại', en: 'Reload' },
  other: { vi: 'English', en: 'Tiếng Việt' },
  to: { vi: 'Đến', en: 'To' },
  SMS: { vi: 'Tin nhắn', en: 'Text message' },
  EMAIL: { vi: 'Thư điện tử', en: 'E-mail' },
  parts: { vi: 'phần', en: 'segments' },
} as const;

/** The page that stands for a telephone: messages newest first. */
export function screenPage(messages: readonly KeptMessage[], language: MessageLanguage): string {
  const other = language === 'vi' ? 'en' : 'vi';
  const items = messages.map((message) => item(message, language));
  const list = items.length === 0 ? `<p>${words.none[language]}</p>` : `<ol>${items.join('')}</ol>`;
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${words.title[language]}</title>
  <link rel="stylesheet" href="/screen.css">
</head>
<body>
  <header>
    <p class="banner">${words.stands[language]}</p>
    <p class="top"><a href="/?lang=${language}">${words.reload[language]}</a>
    <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${words.other[language]}</a></p>
  </header>
  <main><h1>${words.title[language]}</h1>${list}</main>
</body>
</html>`;
}

function item(message: KeptMessage, language: MessageLanguage): string {
  const { channel, segments, subject } = message;
  const heading =
    channel === 'SMS' ? `${segments.alphabet}, ${segments.count} ${words.parts[language]}` : escape(subject);
  return `<li data-kind="${message.kind}">
    <p class="soft">${words[channel][language]} · ${heading} · ${timeInWords(new Date(message.at))}</p>
    <p class="soft">${words.to[language]} ${escape(message.to)}</p>
    <p lang="${message.language}" data-testid="text">${escape(message.text)}</p></li>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

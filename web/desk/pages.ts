import type { DeskParty, Language, ShownField } from './desk-party.ts';
import { refusalText, texts, valueWords } from './texts.ts';
import type { Visit } from './visits.ts';

/** What every page is told. */
export interface PageFrame {
  readonly language: Language;
  /** The path of the page, for the switch of languages. */
  readonly path: string;
}

/** The counters to choose from. */
export function startPage(parties: readonly DeskParty[], frame: PageFrame): string {
  const { language } = frame;
  const counters = parties.map(
    (party) => `
    <li class="card">
      <h2>${escape(party.name[language])}</h2>
      <p>${escape(party.task[language])}</p>
      <p><a class="button" href="/${party.key}">${escape(party.task[language])}</a></p>
    </li>`,
  );
  const heading = texts.choose[language];
  return page(heading, `<h1>${heading}</h1><ul class="cards">${counters.join('')}</ul>`, frame);
}

/** One counter: what it asks for, and the button that shows the code. */
export function counterPage(party: DeskParty, frame: PageFrame): string {
  const { language } = frame;
  const fields = party.fields.map(({ path, label }) => {
    const isVoluntary = party.voluntary.includes(path);
    return `<li>${escape(label[language])}${isVoluntary ? ` <em>(${texts.voluntary[language]})</em>` : ''}</li>`;
  });
  const times = party.standing === null ? texts.once : texts.standing;
  return page(
    party.task[language],
    `<h1>${escape(party.name[language])}</h1>
    <div class="card">
      <h2>${texts.asks[language]}</h2>
      <ul>${fields.join('')}</ul>
      <dl>
        <dt>${texts.why[language]}</dt><dd>${escape(party.purpose.text[language])}</dd>
        <dt>${texts.kept[language]}</dt><dd>${party.retentionDays} ${texts.days[language]} · ${times[language]}</dd>
      </dl>
      <p>${texts.beginNext[language]}</p>
      <form method="post" action="/${party.key}/begin"><button class="button">${texts.begin[language]}</button></form>
    </div>
    <p><a href="/">${texts.back[language]}</a></p>`,
    frame,
  );
}

/** What came back: verified data, or why there is none. */
export function answerPage(party: DeskParty, visit: Visit, frame: PageFrame): string {
  const { language } = frame;
  const { answer, granted, problem } = visit;
  const code = problem ?? answer?.code ?? null;
  const told =
    code === null
      ? verifiedCard(party, answer?.data, language)
      : `<div class="card bad" role="alert"><h2>${texts.refused[language]}</h2>
         <p>${escape(refusalText(code)[language])}</p>
         <p class="soft">${texts.code[language]}: <code data-testid="code">${escape(code)}</code></p></div>`;
  const again =
    granted === null
      ? ''
      : `<form method="post" action="/${party.key}/again"><button class="button second">${texts.again[language]}</button></form>`;
  return page(
    party.task[language],
    `<h1>${escape(party.name[language])}</h1>${told}
    <div class="row">${again}<form method="post" action="/${party.key}/close"><button class="button">${texts.next[language]}</button></form></div>
    ${granted === null ? '' : record(visit, language)}`,
    frame,
  );
}

function verifiedCard(party: DeskParty, data: unknown, language: Language): string {
  const rows = party.fields.map(
    ({ path, label }) =>
      `<div><dt>${escape(label[language])}</dt><dd data-field="${escape(path)}">${escape(valueAt(data, path, language))}</dd></div>`,
  );
  return `<div class="card good" role="status"><h2>${texts.verified[language]}</h2>
    <p>${texts.verifiedBy[language]}</p><dl class="facts">${rows.join('')}</dl></div>`;
}

/** What both sides keep: the consent's id, where the reading is logged, the signed receipt. */
function record({ granted, answer }: Visit, language: Language): string {
  const consent = granted?.details[0]?.consent_id ?? '';
  const entry = answer?.accessReceipt ?? null;
  const receipt = granted?.receipt ?? null;
  return `<dl class="record soft">
      <div><dt>${texts.consent[language]}</dt><dd data-testid="consent">${escape(consent)}</dd></div>
      ${entry === null ? '' : `<div><dt>${texts.entry[language]}</dt><dd>${escape(entry.origin)} · ${entry.index}</dd></div>`}
    </dl>
    <details><summary>${texts.receipt[language]}</summary>
      <pre tabindex="0" data-testid="receipt">${escape(receipt ?? texts.noReceipt[language])}</pre></details>`;
}

function valueAt(data: unknown, path: ShownField['path'], language: Language): string {
  let value: unknown = data;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  if (typeof value === 'boolean') return value ? texts.yes[language] : texts.no[language];
  if (typeof value === 'string' || typeof value === 'number') return inWords(String(value), language);
  if (!Array.isArray(value)) return texts.absent[language];
  return value.map((one) => inWords(String(one), language)).join(', ');
}

/** A value as people write it: codes by their words, days as they are written here, whole or as far as they are known. */
function inWords(value: string, language: Language): string {
  const words = Object.hasOwn(valueWords, value) ? valueWords[value] : undefined;
  if (words !== undefined) return words[language];
  return /^\d{4}(-\d\d){0,2}$/.test(value) ? value.split('-').toReversed().join('/') : value;
}

function page(title: string, body: string, { language, path }: PageFrame): string {
  const other = language === 'vi' ? 'en' : 'vi';
  const otherName = other === 'vi' ? 'Tiếng Việt' : 'English';
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)} · ${texts.title[language]}</title>
  <link rel="stylesheet" href="/desk.css">
</head>
<body>
  <header>
    <p class="banner">${texts.synthetic[language]}</p>
    <div class="top"><strong>${texts.title[language]}</strong>
    <a href="${escape(path)}?lang=${other}" lang="${other}" hreflang="${other}">${otherName}</a></div>
  </header>
  <main>${body}</main>
</body>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text stand for itself in HTML, in content and in quoted attributes. */
export function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

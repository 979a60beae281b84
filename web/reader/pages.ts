import type { ReaderState } from './chip-player.ts';
import type { CardBox, Language } from './reader-card.ts';
import { texts } from './texts.ts';

/** What the page shows. */
export interface ReaderPage {
  readonly language: Language;
  readonly state: ReaderState;
  readonly box: CardBox;
  /** Files of the card that contact can be lost in. */
  readonly files: readonly string[];
  /** That the last choice was of somebody without a card. */
  readonly isWithoutCard: boolean;
}

/** The reader's one page: what lies on it, and everything that can be done to it, as forms. */
export function readerPage(page: ReaderPage): string {
  const { language, state, isWithoutCard } = page;
  const other = language === 'vi' ? 'en' : 'vi';
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${texts.title[language]}</title>
  <link rel="stylesheet" href="/reader.css">
</head>
<body>
  <header>
    <p class="banner">${texts.standsFor[language]}</p>
    <div class="top"><strong>${texts.title[language]}</strong>
    <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${other === 'vi' ? 'Tiếng Việt' : 'English'}</a></div>
  </header>
  <main>
    <h1>${texts.title[language]}</h1>
    ${isWithoutCard ? `<p class="notice" role="alert">${texts.noCard[language]}</p>` : ''}
    <section class="card" aria-labelledby="lying">
      <h2 id="lying">${texts.lying[language]}</h2>
      <p><output>${state.lying === null ? texts.nothing[language] : escape(state.lying)}</output></p>
      ${state.lying === null ? '' : button('/take', texts.take[language])}
    </section>
    ${chooser(page)}
    <section class="card" aria-labelledby="nfc">
      <h2 id="nfc">${texts.nfc[language]}</h2>
      <p><output>${state.isOn ? texts.on[language] : texts.off[language]}</output></p>
      ${state.isOn ? button('/off', texts.switchOff[language]) : button('/on', texts.switchOn[language])}
    </section>
    ${loser(page)}
  </main>
</body>
</html>`;
}

function chooser({ language, box }: ReaderPage): string {
  const holders = box.holders.map(({ id, name }) => option(id, name));
  const faults = box.faults.map(({ id, name }) => option(id, name[language]));
  return `<section class="card" aria-labelledby="choose">
      <h2 id="choose">${texts.choose[language]}</h2>
      <form method="post" action="/lay">
        <label>${texts.holder[language]} <select name="holder">${holders.join('')}</select></label>
        ${
          box.others === 0
            ? ''
            : `<label>${texts.other[language]} <input name="place" inputmode="numeric" pattern="[0-9]{0,7}" placeholder="1–${box.others}"></label>`
        }
        <label>${texts.fault[language]} <select name="fault">${option('', texts.genuine[language])}${faults.join('')}</select></label>
        <button class="button">${texts.lay[language]}</button>
      </form>
    </section>`;
}

function loser({ language, state, files }: ReaderPage): string {
  const options = files.map((name) => option(name, name, state.losesIn === name));
  return `<section class="card" aria-labelledby="contact">
      <h2 id="contact">${texts.contact[language]}</h2>
      <form method="post" action="/lose">
        <label>${texts.losesIn[language]} <select name="file">${option('', texts.keeps[language], state.losesIn === null)}${options.join('')}</select></label>
        <button class="button">${texts.lose[language]}</button>
      </form>
    </section>`;
}

function button(action: string, words: string): string {
  return `<form method="post" action="${action}"><button class="button">${words}</button></form>`;
}

function option(value: string, words: string, isChosen = false): string {
  return `<option value="${escape(value)}"${isChosen ? ' selected' : ''}>${escape(words)}</option>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text stand for itself in HTML. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

import { rename } from 'node:fs/promises';
import type { ChipFault } from '@dinhdanh/accounts/synthetic-chips';
import { drawVariation, people, pngOf, portraitPixels, ageBandOf } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import type { Browser, Page } from 'playwright-core';
import encodeQR from 'qr';
import { takeSeat } from '../harness/browser.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';

/** Somebody with a card in force and no account yet, and their place among the people drawn. */
export interface Newcomer {
  readonly place: number;
  readonly population: PopulationRecord;
}

/** Grown people of the system under test who have no account; each is good for one registration. */
export function newcomers(): Newcomer[] {
  const { people: count, seed, today } = SYSTEM_OPTIONS;
  const found: Newcomer[] = [];
  let place = 0;
  for (const { population, account } of people({ count, seed, today, to: count })) {
    place += 1;
    if (population == null || account != null || population.identityCard === null) continue;
    const { documentType, expiryDate, cardStatus } = population.identityCard;
    const hasChip = documentType === 'CCCD_CHIP' || documentType === 'CAN_CUOC';
    const isInForce = cardStatus === 'VALID' && (expiryDate ?? '9999') > today;
    const isGrown = population.dateOfBirth < '2005' && population.dateOfBirth.length === 10;
    if (hasChip && isInForce && isGrown) found.push({ place, population });
  }
  return found;
}

/** The text of the QR of somebody's card. */
export function cardText(record: PopulationRecord): string {
  const { personalNumber, fullName, dateOfBirth, sex, identityCard, permanentResidence } = record;
  const ddmmyyyy = (date: string): string => date.split('-').toReversed().join('');
  const said = sex === 'FEMALE' ? 'Nữ' : 'Nam';
  const issued = ddmmyyyy(identityCard?.issueDate ?? '');
  return [
    personalNumber,
    '',
    fullName,
    ddmmyyyy(dateOfBirth),
    said,
    permanentResidence?.text ?? '',
    issued,
  ].join('|');
}

/** Holds a card before the camera: what it sees is the QR. */
export async function showCard(
  browser: Browser,
  camera: string,
  population: PopulationRecord,
): Promise<void> {
  const svg = encodeQR(cardText(population), 'svg', { ecc: 'medium', border: 4 });
  await show(browser, camera, `<div style="width:520px">${svg}</div>`);
}

/** What can be wrong with how somebody sits before the camera. */
export const badPictures = {
  dark: 'height:700px;filter:brightness(0.12)',
  blurred: 'height:700px;filter:blur(14px)',
  far: 'height:350px',
} as const;

/** Sits down before the camera, in other light and at another angle than for the card; badly, where told to. */
export async function showFace(
  browser: Browser,
  camera: string,
  person: PopulationRecord,
  bad?: keyof typeof badPictures,
): Promise<void> {
  const style = bad === undefined ? 'height:700px' : badPictures[bad];
  await show(browser, camera, `<img src="${faceOf(person)}" style="${style}">`);
}

/** Two people before one camera. */
export async function showFaces(
  browser: Browser,
  camera: string,
  people: readonly PopulationRecord[],
): Promise<void> {
  const faces = people.map((person) => `<img src="${faceOf(person)}" style="height:560px">`);
  await show(browser, camera, `<div style="display:flex">${faces.join('')}</div>`);
}

function faceOf({ identityCard, sex, dateOfBirth }: PopulationRecord): string {
  const ageBand = ageBandOf(2026 - Number(dateOfBirth.slice(0, 4)));
  const seed = identityCard?.portraitSeed ?? '';
  const png = pngOf(portraitPixels({ seed, sex, ageBand }, drawVariation(seed, 3, 0.2)));
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** A card's code that nobody could read: out of focus. */
export async function showBlurredCard(
  browser: Browser,
  camera: string,
  population: PopulationRecord,
): Promise<void> {
  const svg = encodeQR(cardText(population), 'svg', { ecc: 'medium', border: 4 });
  await show(browser, camera, `<div style="width:320px;filter:blur(12px)">${svg}</div>`);
}

/** A code that is none of a card. */
export async function showAnotherCode(browser: Browser, camera: string): Promise<void> {
  await show(browser, camera, `<div style="width:520px">${encodeQR('https://example.com/', 'svg')}</div>`);
}

async function show(browser: Browser, camera: string, body: string): Promise<void> {
  const context = await takeSeat(browser);
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.setContent(
    `<body style="margin:0;height:720px;display:grid;place-items:center;background:#ddd">${body}</body>`,
  );
  const aside = `${camera}.new`;
  await page.screenshot({ path: aside, type: 'jpeg', quality: 95 });
  await rename(aside, camera);
  await context.close();
}

/** Lays somebody's card on the reader that stands for the phone, a wrong one where told to. */
export async function layCard(
  page: Page,
  reader: string,
  { place }: Pick<Newcomer, 'place'>,
  fault?: ChipFault,
): Promise<void> {
  await page.goto(reader);
  await page.locator('input[name="place"]').fill(String(place));
  if (fault !== undefined) await page.locator('select[name="fault"]').selectOption(fault);
  await page.getByRole('button', { name: 'Đặt thẻ lên' }).click();
  await page.getByRole('button', { name: 'Lấy thẻ ra' }).waitFor();
}

/** The newest code that was sent to a phone, once it is there and no longer the old one. */
export async function codeSentTo(outbox: string, phone: string, old?: string): Promise<string> {
  for (let tries = 100; tries > 0; tries -= 1) {
    const answer = await fetch(`${outbox}/messages.json?to=${encodeURIComponent(phone)}`);
    const code = /\b\d{6}\b/u.exec(await answer.text())?.[0];
    if (code !== undefined && code !== old) return code;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no code came');
}

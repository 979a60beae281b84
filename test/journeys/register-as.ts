import { rename } from 'node:fs/promises';
import type { ChipFault } from '@dinhdanh/accounts/synthetic-chips';
import { drawVariation, people, pngOf, portraitPixels, ageBandOf } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import type { Browser, Page } from 'playwright-core';
import encodeQR from 'qr';
import { alone } from '../harness/alone.ts';
import { takeSeat } from '../harness/browser.ts';
import type { SharedSystem } from '../harness/global-setup.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { today, yearsFrom } from '../harness/told-people.ts';

/** Somebody with a card in force and no account yet, and their place among the people drawn. */
export interface Newcomer {
  readonly place: number;
  readonly population: PopulationRecord;
}

/** Grown people of the system under test who have no account; each is good for one registration. */
export function newcomers(): Newcomer[] {
  return cardHolders(({ account }) => account == null);
}

/** Somebody with a card in force, an account in use, and a telephone where its codes arrive. */
export interface Settled extends Newcomer {
  /** E.164. */
  readonly phone: string;
}

/** Grown people of the system under test who have an account; see {@link Settled}. */
export function settled(): Settled[] {
  return cardHolders(({ account }) => account?.status === 'ACTIVE' && account.phone !== null).map(
    (holder) => ({ ...holder, phone: holder.account?.phone ?? '' }),
  );
}

type Person = ReturnType<typeof people> extends Iterable<infer One> ? One : never;

function cardHolders(isMeant: (person: Person) => boolean): (Newcomer & Pick<Person, 'account'>)[] {
  const { people: count, seed } = SYSTEM_OPTIONS;
  const found: (Newcomer & Pick<Person, 'account'>)[] = [];
  let place = 0;
  for (const person of people({ count, seed, today, to: count })) {
    place += 1;
    const { population, account } = person;
    if (population == null || population.identityCard === null || !isMeant(person)) continue;
    const { documentType, expiryDate, cardStatus } = population.identityCard;
    const hasChip = documentType === 'CCCD_CHIP' || documentType === 'CAN_CUOC';
    // The services go by the clock of the machine, which is up to a year ahead of the day the people are told as of.
    const isInForce = cardStatus === 'VALID' && (expiryDate ?? '9999') > yearsFrom(2);
    const isGrown = population.dateOfBirth < yearsFrom(-21) && population.dateOfBirth.length === 10;
    if (hasChip && isInForce && isGrown) found.push({ place, population, account });
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
  const ageBand = ageBandOf(Number(yearsFrom(0)) - Number(dateOfBirth.slice(0, 4)));
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

/** Where somebody who proves who they are sits: their browser, its camera, the reader that stands for a phone. */
export interface ProvingSeat {
  readonly system: SharedSystem;
  readonly browser: Browser;
  readonly camera: string;
  readonly reader: string;
  readonly page: Page;
  readonly newcomer: Newcomer;
}

/** Waits for a screen by its heading. */
export async function at(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Presses a button by its name. */
export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click();
}

/** Scans one's card, at the step that asks who one is. */
export async function scanCard({ browser, camera, page, newcomer }: ProvingSeat): Promise<void> {
  await showCard(browser, camera, newcomer.population);
  await press(page, 'Quét mã QR trên thẻ');
}

/** Has one's data compared, from that step to the next. */
export async function compare({ page }: Pick<ProvingSeat, 'page'>): Promise<void> {
  await press(page, 'Đối chiếu');
  await at(page, 'Đọc chip trên thẻ');
}

/** Reads the chip, from its guide to the portrait; nobody else may lay a card meanwhile. */
export async function readChip({ system, reader, page, newcomer }: ProvingSeat): Promise<void> {
  await alone(system, 'reader', async () => {
    const desk = await page.context().newPage();
    await layCard(desk, reader, newcomer);
    await press(page, 'Tôi đã hiểu');
    await press(page, 'Bắt đầu đọc');
    await at(page, 'Ảnh chân dung');
    await desk.close();
  });
}

/** Takes one's portrait and uses it; `look` is done while the camera is open. */
export async function takePortrait(
  { browser, camera, page, newcomer }: ProvingSeat,
  look: () => Promise<void> = async () => undefined,
): Promise<void> {
  await showFace(browser, camera, newcomer.population);
  await press(page, 'Mở máy ảnh');
  await look();
  await press(page, 'Chụp ảnh');
  await press(page, 'Dùng ảnh này');
}

/** Chooses a password, typed twice. */
export async function choosePassword({ page }: Pick<ProvingSeat, 'page'>, password: string): Promise<void> {
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByLabel('Nhập lại mật khẩu').fill(password);
  await press(page, 'Đặt mật khẩu');
}

/** The applicants of the bench of registrations: phones, cards and faces, all in this one process. */
import { createPlainFaceMatcher } from '@dinhdanh/accounts/face';
import { ageBandOf, drawVariation, people, portraitPixels } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import { systemClock } from '@dinhdanh/kit';
import { KeyFolder, openCardBox, openChipKeys } from '@dinhdanh/start';
import { jpegOf } from '../face/sample-photos.ts';
import { Registrant, registrationSteps } from './registrant.ts';
import type { RegistrantInput, RegistrantPlace, RegistrationStepName } from './registrant.ts';

/** Who takes part: people who were seeded, have a card with a chip and no account. */
export interface GatherOrder extends RegistrantPlace {
  readonly kind: 'gather';
  readonly keysIn: string;
  readonly people: number;
  readonly most: number;
}

/** So many at once register from the beginning to the decision, for so long. */
export interface FlowsOrder {
  readonly kind: 'flows';
  readonly callers: number;
  readonly seconds: number;
}

/** A step of all who have come as far, so many at once; the first step takes so many people. */
export interface StepOrder {
  readonly kind: 'step';
  readonly step: RegistrationStepName;
  readonly callers: number;
  readonly most: number;
}

/** What came of flows: `steps` are medians in milliseconds. */
export interface FlowsResult {
  readonly flows: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly steps: Readonly<Record<string, number>>;
}

const SEED = 'dinhdanh';
const TODAY = '2026-11-21';
const IN_FORCE_BEYOND = '2036';
let place: RegistrantPlace = { url: '', outbox: '' };
const inputs: RegistrantInput[] = [];
let batch: Registrant[] = [];
let turn = 0;

process.on('message', (order: GatherOrder | FlowsOrder | StepOrder) => {
  (order.kind === 'gather' ? gather(order) : order.kind === 'flows' ? flows(order) : step(order)).then(
    (result) => process.send?.({ result }),
    (failure: unknown) => process.send?.({ failure: String(failure) }),
  );
});

async function gather({ url, outbox, keysIn, people: count, most }: GatherOrder): Promise<number> {
  place = { url, outbox };
  const options = { people: count, seed: SEED, today: TODAY };
  const box = openCardBox(options, openChipKeys(keysIn, new KeyFolder(keysIn), systemClock));
  const faces = createPlainFaceMatcher();
  let at = 0;
  for (const { population, account } of people({ ...options, count, to: count })) {
    at += 1;
    if (population == null || account != null || !canRegister(population)) continue;
    const card = await box.open(String(at), null);
    const portrait = card === null ? null : await portraitOf(population, faces);
    if (card !== null && portrait !== null) inputs.push(inputOf(population, card, portrait));
    if (inputs.length === most) break;
  }
  await faces.close();
  if (inputs.length === 0) throw new RangeError('nobody without an account has a card');
  return inputs.length;
}

function canRegister({ identityCard, dateOfBirth, status }: PopulationRecord): boolean {
  if (identityCard === null || status !== 'ACTIVE') return false;
  const { documentType, expiryDate, cardStatus } = identityCard;
  const hasChip = documentType === 'CCCD_CHIP' || documentType === 'CAN_CUOC';
  // The services go by the clock of the machine, which is ahead of the day the people were drawn for.
  const isInForce = cardStatus === 'VALID' && (expiryDate ?? '9999') > IN_FORCE_BEYOND;
  return hasChip && isInForce && dateOfBirth < '2005' && dateOfBirth.length === 10;
}

/** A picture that is taken at once; null of whom no such was taken in a few tries. */
async function portraitOf(
  { dateOfBirth, sex, identityCard }: PopulationRecord,
  faces: ReturnType<typeof createPlainFaceMatcher>,
): Promise<Uint8Array | null> {
  const seed = identityCard?.portraitSeed ?? '';
  const ageBand = ageBandOf(2026 - Number(dateOfBirth.slice(0, 4)));
  for (let index = 1; index <= 4; index += 1) {
    const taken = jpegOf(portraitPixels({ seed, sex, ageBand }, drawVariation(seed, index, 0.1)));
    const quality = await faces.quality(taken);
    if (quality.outcome !== 'REFUSED' && quality.findings.length === 0) return taken;
  }
  return null;
}

function inputOf(
  { personalNumber, fullName, dateOfBirth, sex, permanentResidence, identityCard }: PopulationRecord,
  card: {
    readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
    readonly answer: RegistrantInput['card']['answer'];
  },
  portrait: Uint8Array,
): RegistrantInput {
  const files = card.files.map(({ name, bytes }) => ({
    name,
    content: Buffer.from(bytes).toString('base64'),
  }));
  return {
    number: personalNumber,
    cardQr: [
      ...[personalNumber, '', fullName, ddmmyyyy(dateOfBirth), sex === 'FEMALE' ? 'Nữ' : 'Nam'],
      ...[permanentResidence?.text ?? '', ddmmyyyy(identityCard?.issueDate ?? '')],
    ].join('|'),
    card: { files, answer: card.answer },
    portrait: Buffer.from(portrait).toString('base64'),
  };
}

/** As dates stand on a card. */
function ddmmyyyy(date: string): string {
  return date.split('-').toReversed().join('');
}

async function flows({ callers, seconds }: FlowsOrder): Promise<FlowsResult> {
  const steps = new Map<string, number[]>(registrationSteps.map((name) => [name, []]));
  const waits: number[] = [];
  const waiting = [...inputs];
  const begin = performance.now();
  const caller = async (): Promise<void> => {
    while (performance.now() - begin < seconds * 1000) {
      const input = waiting.shift();
      if (input === undefined) return;
      turn += 1;
      const registrant = new Registrant(place, input, turn);
      const began = performance.now();
      for (const name of registrationSteps) {
        const at = performance.now();
        await registrant.do(name);
        steps.get(name)?.push(performance.now() - at);
      }
      waits.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return {
    flows: waits.length,
    seconds: (performance.now() - begin) / 1000,
    p50Ms: quantile(waits, 0.5),
    p95Ms: quantile(waits, 0.95),
    steps: Object.fromEntries([...steps].map(([name, times]) => [name, quantile(times, 0.5)])),
  };
}

async function step({ step: name, callers, most }: StepOrder): Promise<number> {
  if (name === registrationSteps[0])
    batch = inputs.slice(0, most).map((input) => new Registrant(place, input, (turn += 1)));
  const waiting = [...batch];
  const caller = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.do(name);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return batch.length;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
}

import { chipFaults, makeChip } from '@dinhdanh/accounts/synthetic-chips';
import type { ChipFault, ChipHolder, ChipTools } from '@dinhdanh/accounts/synthetic-chips';
import { castOn, people } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import type { CardBox, ReaderCard } from '@dinhdanh/reader';
import type { ChipKeys } from './chip-keys.ts';
import { chipPortrait } from './chip-portrait.ts';
import { faultNames } from './fault-names.ts';

/** Whose cards there are. */
export interface CardPeople {
  readonly people: number;
  readonly seed: string;
  readonly today: string;
}

/** Kinds of documents that have a chip. */
const WITH_CHIP: ReadonlySet<string> = new Set(['CCCD_CHIP', 'CAN_CUOC']);

/** The cards of the synthetic people, each made when it is asked for: the cast by name, everybody else by their place. */
export function openCardBox(options: CardPeople, keys: ChipKeys): CardBox {
  const personas = castOn(options.today).flatMap(({ key, records: { population } }) =>
    population !== undefined && hasChip(population) ? [{ id: key, population }] : [],
  );
  const find = (holder: string): PopulationRecord | null => {
    const persona = personas.find(({ id }) => id === holder);
    return persona === undefined ? atPlace(holder, options) : persona.population;
  };
  return {
    holders: personas.map(({ id, population }) => ({ id, name: `${population.fullName} (${id})` })),
    others: options.people,
    faults: chipFaults.map((id) => ({ id, name: faultNames[id] })),
    open: async (holder, fault) => {
      const population = find(holder);
      return population === null ? null : openCard(population, fault, options.today, await keys.tools());
    },
  };
}

/** Of people drawn, in the order they are seeded in, from 1. */
function atPlace(holder: string, { people: count, seed, today }: CardPeople): PopulationRecord | null {
  const place = /^\d{1,7}$/.test(holder) ? Number(holder) : 0;
  if (place < 1 || place > count) return null;
  const [person] = people({ count, seed, today, from: place - 1, to: place });
  return person?.population ?? null;
}

function hasChip({ identityCard }: PopulationRecord): boolean {
  return identityCard !== null && WITH_CHIP.has(identityCard.documentType);
}

function openCard(
  population: PopulationRecord,
  fault: string | null,
  today: string,
  tools: ChipTools,
): ReaderCard | null {
  const holder = chipHolder(population);
  const portrait = chipPortrait(population, today);
  if (holder === null || portrait === null) return null;
  // Every fourth card proves itself with RSA, the others with an elliptic key.
  const kind = Number(population.personalNumber.slice(-2)) % 4 === 0 ? 'RSA_2048' : 'P_256';
  const known = chipFaults.find((one): one is ChipFault => one === fault) ?? null;
  const { groups, answer } = makeChip(holder, portrait, { ...tools, kind }, known);
  return { files: Object.entries(groups).map(([name, bytes]) => ({ name, bytes })), answer };
}

/** What a person's chip says of them; null where their document has none. */
export function chipHolder(record: PopulationRecord): ChipHolder | null {
  const { identityCard, sex } = record;
  if (identityCard === null || !hasChip(record)) return null;
  const { cardNumber, issueDate, expiryDate, identifyingFeatures } = identityCard;
  const relatives = [record.father, record.mother, record.spouse];
  return {
    // As issued: a number that was replaced since still stands on the card.
    personalNumber: cardNumber,
    fullName: record.fullName,
    dateOfBirth: record.dateOfBirth,
    sex: sex === 'FEMALE' ? 'FEMALE' : 'MALE',
    ethnicity: record.ethnicity,
    religion: record.religion,
    placeOfOrigin: record.placeOfOrigin?.text ?? null,
    permanentResidence: record.permanentResidence?.text ?? null,
    identifyingFeatures,
    issueDate,
    expiryDate,
    relatives: relatives.flatMap((relative) => (relative === null ? [] : [relative.fullName])),
    oldIdNumber: record.oldIdNumber,
  };
}

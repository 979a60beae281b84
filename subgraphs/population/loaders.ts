import { loadChildren } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import DataLoader from 'dataloader';
import { matchCitizens, numbersOf } from './rules.ts';
import type { FoundCitizen } from './rules.ts';
import type { Citizen, IdentityCard, PopulationStore } from './store.ts';

/** The loaders of one call: however many citizens and cards it asks for, each makes one statement. */
export type Loaders = ReturnType<typeof openLoaders>;

/** A card with whose it is and the number of it that is attested to the gateway. */
export type OwnedCard = IdentityCard & { readonly subject: string; readonly attestedNumber: string };

/** Makes the loaders of a call. */
export function openLoaders(call: CallContext, store: PopulationStore) {
  const citizenOf = ({ citizenId }: { citizenId: number }): number => citizenId;
  return {
    citizens: loadCitizens(call, store),
    cardsByRef: loadCards(call, store),
    addresses: loadChildren(store.addressesOf, citizenOf),
    relatedPersons: loadChildren(store.relatedPersonsOf, citizenOf),
    householdMembers: loadChildren(store.householdMembersOf, citizenOf),
    cards: loadChildren(store.cardsOf, citizenOf),
    portraits: loadChildren(store.portraitsOf, ({ cardRef }) => cardRef),
  };
}

/** Loads the record of a subject; null where there is none that is certainly theirs. */
function loadCitizens(
  call: CallContext,
  store: PopulationStore,
): DataLoader<string, FoundCitizen<Citizen> | null> {
  return new DataLoader(async (subjects) => {
    const ids = Object.fromEntries(subjects.map((subject) => [subject, call.identifiersOf(subject)]));
    const { bySubject, ambiguous } = matchCitizens(await store.byNumbers(numbersOf(ids)), ids);
    if (ambiguous > 0)
      call.log.warn('SERVICE_MATCH_AMBIGUOUS', { requestId: call.caller.jti, count: ambiguous });
    return subjects.map((subject) => bySubject.get(subject) ?? null);
  });
}

/** Loads a card by its reference where it was made out to a subject of the call; null otherwise. */
function loadCards(call: CallContext, store: PopulationStore): DataLoader<string, OwnedCard | null> {
  return new DataLoader(async (refs) => {
    const ids = Object.fromEntries(
      [...call.subjects].map((subject) => [subject, call.identifiersOf(subject)]),
    );
    const rows = await store.cardsByRefs(refs);
    return refs.map((ref) => {
      const row = rows.find((card) => card.ref === ref);
      if (row === undefined) return null;
      const { bySubject } = matchCitizens([{ ...row, previousNumbers: [] }], ids);
      return bySubject.values().next().value ?? null;
    });
  });
}

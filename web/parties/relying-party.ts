import type {
  PartyOutcomeFieldsFragment,
  PurposesQuery,
  RelyingPartyFieldsFragment,
} from '../generated/operations.ts';
import type { OwnAccount } from '../session/standing.ts';

/** A relying party as its organisation and operators see it. */
export type RelyingParty = RelyingPartyFieldsFragment;

/** What a registration or a test came to. */
export type PartyOutcome = PartyOutcomeFieldsFragment;

/** One thing that is wrong with a registration, and what to do about it. */
export type PartyProblem = PartyOutcome['problems'][number];

/** A purpose of the catalogue. */
export type Purpose = NonNullable<PurposesQuery['purposes']>[number];

/** An organisation the person represents. */
export type Organisation = NonNullable<OwnAccount['organisations']>[number];

/** What a relying party is called on its own screens: as it chose, else by law, else by its id. */
export function callOf({
  id,
  displayName,
  legalName,
}: Pick<RelyingParty, 'id' | 'displayName' | 'legalName'>) {
  return displayName ?? legalName ?? id;
}

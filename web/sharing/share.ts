import type {
  ConsentDetailsFragment,
  ConsentFieldsFragment,
  PartyFieldsFragment,
  ShareItemFieldsFragment,
  ShareRequestFieldsFragment,
} from '../generated/operations.ts';

/** A request to share, as its claimant sees it. */
export type ShareRequest = ShareRequestFieldsFragment;

/** One thing that is asked. */
export type ShareItem = ShareItemFieldsFragment;

/** Who asks. */
export type Party = PartyFieldsFragment;

/** A consent in a list. */
export type Consent = ConsentFieldsFragment;

/** A consent with all that is shown of it. */
export type WholeConsent = ConsentDetailsFragment;

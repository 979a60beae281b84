import { useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import {
  RegisterRelyingPartyDocument,
  type RelyingPartyInput,
  UpdateRelyingPartyDocument,
} from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { PartyOutcome, PartyProblem, RelyingParty } from './relying-party.ts';

/** A registration on its way. */
export interface Registration {
  readonly send: (input: RelyingPartyInput) => Promise<void>;
  /** All that was wrong with what was sent last. */
  readonly problems: readonly PartyProblem[];
  /** Why it could not be looked at. */
  readonly message: string | null;
  readonly isBusy: boolean;
}

const none: readonly PartyProblem[] = [];

/** Registers a relying party, or replaces what is registered under an id. */
export function useRegistration(id: string | null, onKept: (party: RelyingParty) => void): Registration {
  const { errors } = useTexts();
  const client = useClient();
  const [problems, setProblems] = useState(none);
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function ask(
    input: RelyingPartyInput,
  ): Promise<{ outcome: PartyOutcome | null; message: string | null }> {
    const answer =
      id === null
        ? answerOf(await client.mutation(RegisterRelyingPartyDocument, { input }))
        : answerOf(await client.mutation(UpdateRelyingPartyDocument, { id, input }));
    const [failure] = answer.failures;
    const { data } = answer;
    const outcome =
      data === null
        ? null
        : 'registerRelyingParty' in data
          ? data.registerRelyingParty
          : data.updateRelyingParty;
    return { outcome, message: failure === undefined ? null : errors[failure.code] };
  }

  async function send(input: RelyingPartyInput): Promise<void> {
    setBusy(true);
    setMessage(null);
    setProblems(none);
    const { outcome, message: refused } = await ask(input);
    setBusy(false);
    if (outcome === null) return setMessage(refused ?? errors.SOURCE_UNAVAILABLE);
    if (outcome.party !== null && outcome.problems.length === 0) return onKept(outcome.party);
    setProblems(outcome.problems);
  }
  return { send, problems, message, isBusy };
}

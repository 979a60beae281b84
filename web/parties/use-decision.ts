import { useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { type DecideRelyingPartyInput, DecideRelyingPartyDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { callOf } from './relying-party.ts';

/** An operator's decision on its way. */
export interface Decision {
  readonly decide: (input: DecideRelyingPartyInput) => Promise<void>;
  readonly message: string | null;
  readonly say: (message: string) => void;
  readonly isBusy: boolean;
}

/** Decides on a relying party; `onDecided` is told its id and what is said of it. */
export function useDecision(onDecided: (id: string, said: string) => void): Decision {
  const { applications, errors } = useTexts();
  const [message, setMessage] = useState<string | null>(null);
  const [result, send] = useMutation(DecideRelyingPartyDocument);
  async function decide(input: DecideRelyingPartyInput): Promise<void> {
    setMessage(null);
    const { data, failures } = answerOf(await send({ input }));
    const party = data?.decideRelyingParty ?? null;
    if (party !== null)
      return onDecided(party.id, applications.done[party.state ?? 'SANDBOX'](callOf(party)));
    const code = failures[0]?.code ?? 'SOURCE_UNAVAILABLE';
    setMessage(code === 'NOT_FOUND' ? applications.unknown : errors[code]);
  }
  return { decide, message, say: setMessage, isBusy: result.fetching };
}

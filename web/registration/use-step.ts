import { useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { type Countdown, useCountdown } from '../session/countdown.ts';
import type { Texts } from '../texts/texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { stepMessage } from './step-message.ts';

/** A sentence in whichever language the screen has when it is read: one that stands there changes with it. */
export type Saying = (texts: Texts) => string;

/** A step on its way to the server. */
export interface SendingStep<Data, Variables extends AnyVariables> {
  /** What came of it; null where it failed, and then the message says why. */
  readonly send: (variables: Variables) => Promise<Data | null>;
  readonly message: string | null;
  /** The field that was at fault, as the server names it. */
  readonly field: string | null;
  readonly isBusy: boolean;
  /** How long to wait after too many tries. */
  readonly wait: Countdown;
  readonly say: (saying: Saying | null, field?: string | null) => void;
}

interface Said {
  readonly saying: Saying | null;
  readonly field: string | null;
}

const nothing: Said = { saying: null, field: null };

/**
 * Sends one step of a registration, and keeps what is to be said about it. `unknown` is said where who asks is not known:
 * at a step that takes a password that is a wrong one, and no session has ended.
 */
export function useStep<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  unknown: Saying | null = null,
): SendingStep<Data, Variables> {
  const texts = useTexts();
  const client = useClient();
  const [said, setSaid] = useState(nothing);
  const [isBusy, setBusy] = useState(false);
  const wait = useCountdown();

  function refuse(failure: Failure): void {
    if (failure.code === 'RATE_LIMITED') wait.start(failure.retryAfterSeconds ?? 60);
    const own = failure.code === 'UNAUTHENTICATED' ? unknown : null;
    setSaid({ saying: own ?? ((now) => stepMessage(failure, now)), field: failure.field });
  }

  async function send(variables: Variables): Promise<Data | null> {
    setBusy(true);
    setSaid(nothing);
    const { data, failures } = answerOf(await client.mutation(document, variables));
    setBusy(false);
    const [failure] = failures;
    if (failure === undefined) return data;
    refuse(failure);
    return null;
  }

  const say = (saying: Saying | null, field: string | null = null): void => setSaid({ saying, field });
  return { send, message: said.saying?.(texts) ?? null, field: said.field, isBusy, wait, say };
}

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { usePasscode } from '../session/passcode.tsx';
import { type Answer, answerOf } from './answer.ts';

/** An answer on its way or there. While a second one is asked for, the first stays. */
export interface Asked<Data> {
  readonly answer: Answer<Data> | null;
  readonly asking: boolean;
  readonly again: () => void;
}

/** Asks once, and again whenever the passcode opened or closed what is sensitive: the server decides what it gives. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const [result, ask] = useQuery<Data, Variables>({
    query,
    variables,
    requestPolicy: 'network-only',
  });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const { turn } = usePasscode();
  const lastTurn = useRef(turn);
  useEffect(() => {
    if (lastTurn.current === turn) return;
    lastTurn.current = turn;
    again();
  }, [turn, again]);
  const { data, error, extensions } = result;
  const answer = useMemo(
    () => (data === undefined && error === undefined ? null : answerOf<Data>({ data, error, extensions })),
    [data, error, extensions],
  );
  return { answer, asking: result.fetching || result.stale, again };
}

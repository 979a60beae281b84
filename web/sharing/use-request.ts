import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { SharedRequestDocument } from '../generated/operations.ts';
import type { ShareRequest } from './share.ts';

/** A request as far as it is known. */
export interface AskedRequest {
  /** Null while it is not known, and where there is none for this account. */
  readonly request: ShareRequest | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
  readonly again: () => void;
  /** Takes over what a decision came to. */
  readonly decided: (request: ShareRequest) => void;
}

/**
 * Asks for a request, and again only when told to: what is on the screen is decided upon, so it must not change because
 * a passcode was entered.
 */
export function useRequest(handle: string): AskedRequest {
  const client = useClient();
  const [state, setState] = useState<Pick<AskedRequest, 'request' | 'failure' | 'asking'>>({
    request: null,
    failure: null,
    asking: true,
  });
  const turn = useRef(0);
  const load = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    void client.query(SharedRequestDocument, { handle }, { requestPolicy: 'network-only' }).then((result) => {
      // What was asked before a decision is older than it.
      if (mine !== turn.current) return;
      const { data, failures } = answerOf(result);
      const request = data?.shareRequest ?? null;
      const failure = request === null ? (failures[0] ?? null) : null;
      // What is there stays when another look at it fails.
      setState((last) =>
        failure !== null && last.request !== null
          ? { ...last, asking: false }
          : { request: withWayBack(request, last.request), failure, asking: false },
      );
    });
  }, [client, handle]);
  useEffect(load, [load]);
  const again = useCallback(() => {
    setState((last) => ({ ...last, asking: true }));
    load();
  }, [load]);
  const decided = useCallback((request: ShareRequest) => {
    turn.current += 1;
    setState({ request, failure: null, asking: false });
  }, []);
  return { ...state, again, decided };
}

/** The way back is told once, to who decided: it stays while the request waits for it. */
function withWayBack(request: ShareRequest | null, last: ShareRequest | null): ShareRequest | null {
  return request?.state === 'APPROVED' && request.returnUrl === null && last?.handle === request.handle
    ? { ...request, returnUrl: last.returnUrl }
    : request;
}

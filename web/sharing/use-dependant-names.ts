import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import { MyDependantsDocument } from '../generated/operations.ts';

/** Names of those one acts for. */
export interface DependantNames {
  /** By the id of the relation. Whose name could not be read is not among them. */
  readonly names: ReadonlyMap<string, string>;
  readonly asking: boolean;
  readonly again: () => void;
}

/** Asks for the names of those one acts for, only where there is somebody to name. */
export function useDependantNames(isNeeded: boolean): DependantNames {
  const client = useClient();
  const [names, setNames] = useState<ReadonlyMap<string, string> | null>(null);
  const load = useCallback(() => {
    if (!isNeeded) return;
    void client.query(MyDependantsDocument, {}, { requestPolicy: 'network-only' }).then((result) => {
      const list = answerOf(result).data?.me?.dependants ?? [];
      const known = list.flatMap(({ id, person }): [string, string][] =>
        person?.fullName == null ? [] : [[id, person.fullName]],
      );
      setNames(new Map(known));
    });
  }, [client, isNeeded]);
  useEffect(load, [load]);
  const again = (): void => {
    setNames(null);
    load();
  };
  return { names: names ?? none, asking: isNeeded && names === null, again };
}

const none: ReadonlyMap<string, string> = new Map();

import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import { MyDependantsDocument } from '../generated/operations.ts';

/** Names of those one acts for, by the id of the relation; asked only where there is somebody to name. */
export function useDependantNames(isNeeded: boolean): ReadonlyMap<string, string> {
  const client = useClient();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (!isNeeded) return;
    void client.query(MyDependantsDocument, {}, { requestPolicy: 'network-only' }).then((result) => {
      const list = answerOf(result).data?.me?.dependants ?? [];
      setNames(
        new Map(
          list.flatMap(({ id, person }): [string, string][] =>
            person?.fullName == null ? [] : [[id, person.fullName]],
          ),
        ),
      );
    });
  }, [client, isNeeded]);
  return names;
}

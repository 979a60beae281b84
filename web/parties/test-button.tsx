import { useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Progress } from '../components/progress.tsx';
import { TestRelyingPartyDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ProblemList } from './problem-list.tsx';
import { callOf, type PartyProblem, type RelyingParty } from './relying-party.ts';

/** Tries the keys of a relying party again, and says what came of it. */
export function TestButton({ party }: { readonly party: RelyingParty }) {
  const { parties, errors } = useTexts();
  const [result, test] = useMutation(TestRelyingPartyDocument);
  const [said, setSaid] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly PartyProblem[]>([]);
  async function press(): Promise<void> {
    setSaid(null);
    setProblems([]);
    const { data, failures } = answerOf(await test({ id: party.id }));
    const found = data?.testRelyingParty.problems ?? null;
    const [failure] = failures;
    setProblems(found ?? []);
    if (found === null) setSaid(errors[failure?.code ?? 'SOURCE_UNAVAILABLE']);
    else setSaid(found.length === 0 ? parties.testGood : parties.testBad);
  }
  const isGood = said === parties.testGood;
  return (
    <>
      <button
        type="button"
        className="button quiet small"
        aria-label={parties.testOf(callOf(party))}
        disabled={result.fetching}
        onClick={() => void press()}
      >
        {parties.test}
      </button>
      <div className="test-result" aria-live="polite">
        {result.fetching && <Progress label={parties.testing} />}
        {said !== null && <p className={isGood ? 'said' : 'field-problem'}>{said}</p>}
        <ProblemList problems={problems} />
      </div>
    </>
  );
}

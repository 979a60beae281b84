import { type ReactNode, useId, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Progress } from '../components/progress.tsx';
import { type DecideShareInput, DecideShareDocument } from '../generated/operations.ts';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { approvalOf, type Draft, emptyDraft, problemsOf, refusalOf, withTick, withWhom } from './decision.ts';
import { failureWords } from './failure-words.ts';
import { ItemList } from './item-list.tsx';
import { OriginQuestion } from './origin-question.tsx';
import { PartyFacts, partyName } from './party-facts.tsx';
import type { ShareRequest } from './share.ts';
import { ShareTerms } from './share-terms.tsx';
import { WhomChoice } from './whom-choice.tsx';

interface DecideFormProps {
  readonly request: ShareRequest;
  readonly onDecided: (request: ShareRequest) => void;
  /** Called where the request turns out not to stand as it is shown. */
  readonly onOutdated: () => void;
}

/** All that a person has to know before they decide, and the two buttons, which are alike. */
export function DecideForm({ request, onDecided, onOutdated }: DecideFormProps) {
  const { share } = useTexts();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(request));
  const { party, origin, items, wards } = request;
  return (
    <>
      <Part title={share.party.title}>
        <PartyFacts party={party} />
      </Part>
      <Part title={share.origin.title}>
        <OriginQuestion
          origin={origin}
          startedByMe={draft.startedByMe}
          onAnswer={(startedByMe) => setDraft({ ...draft, startedByMe })}
        />
      </Part>
      <Part title={share.items.title}>
        <ItemList
          items={items ?? []}
          ticking={{
            ticked: draft.ticked,
            onTick: (id, isTicked) => setDraft(withTick(draft, id, isTicked)),
          }}
        />
      </Part>
      <Part title={share.terms.title}>
        <ShareTerms {...request} until={request.validUntil} />
      </Part>
      <Part title={share.whom.title}>
        <WhomChoice
          wards={wards}
          draft={draft}
          onWhom={(whom) => setDraft(withWhom(draft, whom))}
          onWardAgrees={(wardAgrees) => setDraft({ ...draft, wardAgrees })}
        />
      </Part>
      <Part title={share.rights.title}>
        <ul className="steps">
          {share.rights.list.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      </Part>
      <Part title={share.decide.title}>
        <DecisionButtons request={request} draft={draft} onDecided={onDecided} onOutdated={onOutdated} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useId();
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

interface DecisionButtonsProps extends DecideFormProps {
  readonly draft: Draft;
}

/** Yes and no, of one size and one weight. A yes takes a confirmation, a no takes nothing. */
function DecisionButtons(props: DecisionButtonsProps) {
  const { share } = useTexts();
  const { decide } = share;
  const { approve, decline, messages, isBusy } = useDecision(props);
  return (
    <>
      <div role="alert">
        {messages.length > 0 && (
          <ul className="form-message">
            {messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="decision">
        <button type="button" className="button even" disabled={isBusy} onClick={() => void decline()}>
          {decide.decline}
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={() => void approve()}>
          {decide.approve}
        </button>
      </div>
      {isBusy && <Progress label={decide.busy} />}
    </>
  );
}

/** Before such a refusal somebody or the clock has decided already, or what is asked has changed. */
const outdated: ReadonlySet<string | null> = new Set(['SHARE_EXPIRED', 'SHARE_DECIDED', 'SHARE_OUTDATED']);

function useDecision({ request, draft, onDecided, onOutdated }: DecisionButtonsProps): {
  readonly approve: () => Promise<void>;
  readonly decline: () => Promise<void>;
  readonly messages: readonly string[];
  readonly isBusy: boolean;
} {
  const texts = useTexts();
  const { decide } = texts.share;
  const { confirm } = usePasscode();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [hasTried, setTried] = useState(false);
  const [result, send] = useMutation(DecideShareDocument);

  const problems = problemsOf(draft, request);

  async function decideAs(input: DecideShareInput): Promise<void> {
    const { data, failures } = answerOf(await send({ input }));
    const [failure] = failures;
    if (data?.decideShare != null) onDecided(data.decideShare);
    else if (failure !== undefined) setRefusal(failureWords(failure, texts));
    if (outdated.has(failure?.reason ?? null)) onOutdated();
  }

  async function approve(): Promise<void> {
    setTried(true);
    setRefusal(null);
    if (problems.length > 0) return;
    const name = partyName(request.party, texts.access.actors.RELYING_PARTY);
    const isConfirmed = await confirm({
      title: decide.passcodeTitle,
      intro: decide.passcodeIntro(name),
      submit: decide.passcodeSubmit,
    });
    if (isConfirmed) await decideAs(approvalOf(draft, request));
  }

  return {
    approve,
    decline: () => decideAs(refusalOf(draft, request)),
    // What is mended is told no longer.
    messages: refusal === null ? (hasTried ? problems.map((one) => decide.problems[one]) : []) : [refusal],
    isBusy: result.fetching,
  };
}

import { useState } from 'react';
import { useAnswer } from '../api/use-answer.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { PurposesDocument } from '../generated/operations.ts';
import { PartyForm } from '../parties/party-form.tsx';
import { PartyKept } from '../parties/party-kept.tsx';
import type { Organisation, RelyingParty } from '../parties/relying-party.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

interface RegisterPartyProps {
  /** Of the organisation. */
  readonly id: string;
  readonly organisations: readonly Organisation[];
}

/** A new relying party of an organisation. */
export function RegisterParty({ id, organisations }: RegisterPartyProps) {
  const { parties: texts, frame } = useTexts();
  const { answer, asking, again } = useAnswer(PurposesDocument, {});
  const [kept, setKept] = useState<RelyingParty | null>(null);
  const organisation = organisations.find((one) => one.id === id);
  const catalogue = answer?.data?.purposes ?? null;
  const failure = answer?.failures[0];
  if (kept !== null) return <PartyKept title={texts.doneNew} party={kept} />;
  return (
    <Screen title={texts.register}>
      {organisation === undefined ? (
        <p className="message">{texts.gone}</p>
      ) : (
        <p className="lead" lang="vi">
          {organisation.legalName}
        </p>
      )}
      <p>
        <a href={hrefOf({ screen: 'organisations' })}>{texts.back}</a>
      </p>
      {organisation !== undefined && answer === null && <Progress label={frame.asking} />}
      {failure !== undefined && <MissingMessage failure={failure} asking={asking} again={again} />}
      {organisation !== undefined && catalogue !== null && (
        <PartyForm organisation={id} party={null} catalogue={catalogue} onKept={setKept} />
      )}
    </Screen>
  );
}

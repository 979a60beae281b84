import { useState } from 'react';
import { useAnswer } from '../api/use-answer.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { MyRelyingPartiesDocument, PurposesDocument } from '../generated/operations.ts';
import { PartyForm } from '../parties/party-form.tsx';
import { PartyKept } from '../parties/party-kept.tsx';
import type { RelyingParty } from '../parties/relying-party.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What one relying party has registered, to be changed. */
export function Party({ id }: { readonly id: string }) {
  const { parties: texts, frame } = useTexts();
  const parties = useAnswer(MyRelyingPartiesDocument, {});
  const purposes = useAnswer(PurposesDocument, {});
  const [kept, setKept] = useState<RelyingParty | null>(null);
  const isThere = parties.answer !== null && purposes.answer !== null;
  const party = parties.answer?.data?.relyingParties?.find((one) => one.id === id) ?? null;
  const catalogue = purposes.answer?.data?.purposes ?? null;
  const failure = parties.answer?.failures[0] ?? purposes.answer?.failures[0];
  const again = (): void => {
    parties.again();
    purposes.again();
  };
  if (kept !== null) return <PartyKept title={texts.doneEdit} party={kept} />;
  return (
    <Screen title={texts.edit}>
      <p>
        <a href={hrefOf({ screen: 'organisations' })}>{texts.back}</a>
      </p>
      {!isThere && <Progress label={frame.asking} />}
      {failure !== undefined && (
        <MissingMessage failure={failure} asking={parties.asking || purposes.asking} again={again} />
      )}
      {isThere && failure === undefined && party === null && <p className="message">{texts.gone}</p>}
      {party !== null && catalogue !== null && (
        <PartyForm
          organisation={party.organisation ?? ''}
          party={party}
          catalogue={catalogue}
          onKept={setKept}
        />
      )}
    </Screen>
  );
}

import { useState } from 'react';
import { isMissing } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Fact } from '../components/fact.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { formatInstant } from '../format/dates.ts';
import { MyConsentDocument } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { ConsentActions } from '../sharing/consent-actions.tsx';
import { ConsentMark, ConsentNote } from '../sharing/consent-state.tsx';
import { ItemList } from '../sharing/item-list.tsx';
import { PartyFacts, partyName } from '../sharing/party-facts.tsx';
import { ReceiptSection } from '../sharing/receipt-section.tsx';
import type { WholeConsent } from '../sharing/share.ts';
import { ShareTerms } from '../sharing/share-terms.tsx';
import { useDependantNames } from '../sharing/use-dependant-names.ts';
import { useTexts } from '../texts/use-texts.ts';

/** One consent: to whom, what, for what, how it stands, and what can be done with it. */
export function Consent({ id }: { readonly id: string }) {
  const { consents: texts, frame } = useTexts();
  const { answer, asking, again } = useAnswer(MyConsentDocument, { id });
  const [changed, setChanged] = useState<WholeConsent | null>(null);
  const consent = changed ?? answer?.data?.consent ?? null;
  const failure = answer?.failures[0];
  if (consent !== null) return <ConsentScreen consent={consent} onChanged={setChanged} />;
  return (
    <Screen title={texts.title}>
      <BackLink />
      {answer === null && <Progress label={frame.asking} />}
      {answer !== null && (failure === undefined || failure.code === 'NOT_FOUND') && (
        <p className="message">{texts.gone}</p>
      )}
      {failure !== undefined &&
        failure.code !== 'NOT_FOUND' &&
        (isMissing(failure) ? (
          <MissingMessage failure={failure} asking={asking} again={again} />
        ) : (
          <RefusedMessage failure={failure} />
        ))}
    </Screen>
  );
}

function BackLink() {
  const { consents: texts } = useTexts();
  return (
    <p className="on-screen">
      <a href={hrefOf({ screen: 'consents' })}>{texts.back}</a>
    </p>
  );
}

interface ConsentScreenProps {
  readonly consent: WholeConsent;
  readonly onChanged: (consent: WholeConsent) => void;
}

function ConsentScreen({ consent, onChanged }: ConsentScreenProps) {
  const { consents: texts, share, access } = useTexts();
  const { id, state, party, items, receipt, endsAt } = consent;
  return (
    <Screen title={partyName(party, access.actors.RELYING_PARTY)} windowTitle={texts.title}>
      <BackLink />
      <section className="section" aria-labelledby="consent-state">
        <h2 id="consent-state" className="heard">
          {access.consent}
        </h2>
        {state !== null && (
          <>
            <p>
              <ConsentMark state={state} />
            </p>
            <ConsentNote state={state} stopReason={consent.stopReason} />
          </>
        )}
        <ConsentFacts consent={consent} />
        <p className="on-screen">
          <a href={hrefOf({ screen: 'consent-history', id })}>{texts.historyLink}</a>
        </p>
      </section>
      <ConsentActions consent={consent} onChanged={onChanged} />
      <section className="section" aria-labelledby="consent-party">
        <h2 id="consent-party">{texts.partyTitle}</h2>
        <PartyFacts party={party} />
      </section>
      <section className="section" aria-labelledby="consent-items">
        <h2 id="consent-items">{texts.itemsTitle}</h2>
        <ItemList items={items ?? []} />
      </section>
      <section className="section" aria-labelledby="consent-terms">
        <h2 id="consent-terms">{share.terms.title}</h2>
        <ShareTerms {...consent} until={endsAt} refusalMeans={null} />
      </section>
      <ReceiptSection consentId={id} receipt={receipt} />
    </Screen>
  );
}

function ConsentFacts({ consent }: { readonly consent: WholeConsent }) {
  const { consents: texts, language } = useTexts();
  const { id, grantedAt, endsAt, changedAt, method, dependant } = consent;
  const { names } = useDependantNames(dependant !== null);
  const time = (at: string | null): string | null => (at === null ? null : formatInstant(at, language));
  return (
    <dl className="facts columns">
      <Fact
        term={texts.subject}
        value={dependant === null ? texts.mine : (names.get(dependant) ?? texts.dependant)}
      />
      <Fact term={texts.grantedAt} value={time(grantedAt)} />
      <Fact term={texts.endsAt} value={time(endsAt)} none={texts.endless} />
      {changedAt !== null && <Fact term={texts.changedAt} value={time(changedAt)} />}
      <Fact term={texts.method} value={method === null ? null : texts.methods[method]} />
      <Fact term={texts.id} value={<code>{id}</code>} />
    </dl>
  );
}

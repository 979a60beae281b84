import { useAnswer } from '../api/use-answer.ts';
import { Fact } from '../components/fact.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { MyRelyingPartiesDocument } from '../generated/operations.ts';
import { PartyMark } from '../parties/party-mark.tsx';
import { RegistrationFacts } from '../parties/registration-facts.tsx';
import { callOf, type Organisation, type RelyingParty } from '../parties/relying-party.ts';
import { TestButton } from '../parties/test-button.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The organisations a person represents, and their relying parties. */
export function Organisations({ organisations }: { readonly organisations: readonly Organisation[] }) {
  const { parties: texts } = useTexts();
  return (
    <Screen title={texts.title}>
      {organisations.length === 0 ? (
        <p className="message">{texts.noOrganisations}</p>
      ) : (
        <>
          <p className="lead">{texts.intro}</p>
          <OrganisationList organisations={organisations} />
        </>
      )}
    </Screen>
  );
}

function OrganisationList({ organisations }: { readonly organisations: readonly Organisation[] }) {
  const { frame } = useTexts();
  const { answer, asking, again } = useAnswer(MyRelyingPartiesDocument, {});
  const all = answer?.data?.relyingParties ?? null;
  const failure = answer?.failures[0];
  return (
    <>
      {answer === null && <Progress label={frame.asking} />}
      {failure !== undefined && <MissingMessage failure={failure} asking={asking} again={again} />}
      {organisations.map((organisation) => (
        <OrganisationSection
          key={organisation.id}
          organisation={organisation}
          list={all?.filter((party) => party.organisation === organisation.id) ?? null}
        />
      ))}
    </>
  );
}

interface OrganisationSectionProps {
  readonly organisation: Organisation;
  /** Null before they are known. */
  readonly list: readonly RelyingParty[] | null;
}

function OrganisationSection({ organisation, list }: OrganisationSectionProps) {
  const { parties: texts } = useTexts();
  const { id, legalName, taxCode, sector } = organisation;
  const heading = `organisation-${id}`;
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={-1} lang="vi">
        {legalName ?? id}
      </h2>
      <dl className="facts columns">
        <Fact term={texts.facts.taxCode} value={taxCode} />
        <Fact term={texts.facts.sector} value={sector === null ? null : (texts.sectors[sector] ?? sector)} />
      </dl>
      {list?.length === 0 && <p className="nothing">{texts.noParties}</p>}
      {list !== null && list.length > 0 && (
        <ul className="parties">
          {list.map((party) => (
            <PartyItem key={party.id} party={party} />
          ))}
        </ul>
      )}
      <p>
        <a
          className="button quiet"
          href={hrefOf({ screen: 'register-party', id })}
          aria-label={texts.registerFor(legalName ?? id)}
        >
          {texts.register}
        </a>
      </p>
    </section>
  );
}

function PartyItem({ party }: { readonly party: RelyingParty }) {
  const { parties: texts } = useTexts();
  const { id, state } = party;
  return (
    <li className={`party ${(state ?? 'SANDBOX').toLowerCase()}`}>
      <div className="consent-head">
        <h3 lang="vi">{callOf(party)}</h3>
        {state !== null && <PartyMark state={state} />}
      </div>
      {state !== null && <p>{texts.notes[state]}</p>}
      <RegistrationFacts party={party} />
      <div className="buttons">
        <a
          className="button quiet small"
          href={hrefOf({ screen: 'party', id })}
          aria-label={texts.editOf(callOf(party))}
        >
          {texts.edit}
        </a>
        <TestButton party={party} />
      </div>
    </li>
  );
}

import { ClaimList } from '../components/claim-list.tsx';
import { Fact } from '../components/fact.tsx';
import { formatInstant } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { RelyingParty } from './relying-party.ts';

interface RegistrationFactsProps {
  readonly party: RelyingParty;
  /** Whether the organisation is told too, for those who do not represent it. */
  readonly withOrganisation?: boolean;
}

/** All that a relying party has registered: who it is, how it connects, and what it asks in words. */
export function RegistrationFacts({ party, withOrganisation = false }: RegistrationFactsProps) {
  const { parties, language } = useTexts();
  const { facts: texts, sectors, reasons } = parties;
  const { sector, reason, registeredAt, decidedAt, redirectUris, keyIds, jwksUri } = party;
  const time = (at: string | null): string | null => (at === null ? null : formatInstant(at, language));
  return (
    <>
      <dl className="facts columns">
        {reason !== null && <Fact term={texts.reason} value={reasons[reason]} />}
        {withOrganisation && (
          <>
            <Fact
              term={texts.legalName}
              value={party.legalName === null ? null : <span lang="vi">{party.legalName}</span>}
            />
            <Fact term={texts.taxCode} value={party.taxCode} />
            <Fact term={texts.sector} value={sector === null ? null : (sectors[sector] ?? sector)} />
          </>
        )}
        <Fact term={texts.id} value={<code>{party.id}</code>} />
        <Fact term={texts.domain} value={party.domain} />
        <Fact term={texts.contact} value={party.dataContact} />
        <Fact
          term={texts.redirects}
          value={(redirectUris ?? []).map((uri) => <Line key={uri} text={uri} />)}
        />
        {jwksUri === null ? (
          <Fact term={texts.keys} value={(keyIds ?? []).map((key) => <Line key={key} text={key} />)} />
        ) : (
          <Fact term={texts.keysAt} value={<Line text={jwksUri} />} />
        )}
        <Fact term={texts.registeredAt} value={time(registeredAt)} />
        {decidedAt !== null && <Fact term={texts.decidedAt} value={time(decidedAt)} />}
      </dl>
      <PurposeFacts purposes={party.purposes ?? []} />
    </>
  );
}

function Line({ text }: { readonly text: string }) {
  return <code className="line">{text}</code>;
}

function PurposeFacts({ purposes }: { readonly purposes: NonNullable<RelyingParty['purposes']> }) {
  const { parties, access } = useTexts();
  const { facts: texts } = parties;
  return (
    <div className="purpose-facts">
      <h3>{texts.purposes}</h3>
      {purposes.map(({ code, claims, retentionDays, standing }) => (
        <div key={code} className="purpose-fact">
          <h4>{access.purposes[code] ?? code}</h4>
          <ClaimList claims={claims} />
          <p className="hint">
            {texts.kept(retentionDays)} {standing ? texts.standing : texts.once}
          </p>
        </div>
      ))}
    </div>
  );
}

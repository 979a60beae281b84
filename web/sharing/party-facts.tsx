import { Fact } from '../components/fact.tsx';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { Party } from './share.ts';

/** The name a party is called by: the legal one, which was verified, before any it chose. */
export function partyName(party: Party | null, unknown: string): string {
  return party?.legalName ?? party?.displayName ?? party?.domain ?? unknown;
}

/** Who asks or receives, and whether that is verified. */
export function PartyFacts({ party }: { readonly party: Party | null }) {
  const { share } = useTexts();
  const { party: texts } = share;
  const isVerified = party?.verified === true;
  return (
    <>
      <p className={isVerified ? 'standing good' : 'standing wait'}>
        <Icon name={isVerified ? 'done' : 'missing'} />
        <span>
          <strong>{isVerified ? texts.verified : texts.unverified}.</strong>{' '}
          {isVerified ? texts.verifiedNote : texts.unverifiedNote}
        </span>
      </p>
      <dl className="facts columns">
        <Fact term={texts.legalName} value={vietnamese(party?.legalName)} />
        <Fact term={texts.displayName} value={vietnamese(party?.displayName)} />
        <Fact term={texts.domain} value={party?.domain} />
        <Fact term={texts.taxCode} value={party?.taxCode} />
        <Fact term={texts.contact} value={party?.dataContact} />
      </dl>
    </>
  );
}

/** A name of a Vietnamese organisation is Vietnamese in every language. */
function vietnamese(name: string | null | undefined) {
  return name == null ? null : <span lang="vi">{name}</span>;
}

import { Icon } from '../components/icon.tsx';
import { Screen } from '../components/screen.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { PartyMark } from './party-mark.tsx';
import { RegistrationFacts } from './registration-facts.tsx';
import type { RelyingParty } from './relying-party.ts';

interface PartyKeptProps {
  readonly title: string;
  readonly party: RelyingParty;
}

/** That a registration was kept, as what, and the id to connect with. */
export function PartyKept({ title, party }: PartyKeptProps) {
  const { parties } = useTexts();
  return (
    <Screen title={title}>
      <div className="message granted">
        <Icon name="done" />
        <div>
          <p className="message-title">{party.state !== null && parties.states[party.state]}</p>
          <p>{party.state !== null && parties.notes[party.state]}</p>
          <p>{parties.doneNext}</p>
        </div>
      </div>
      <section className="section">
        <div className="consent-head">
          <h2 lang="vi">{party.displayName}</h2>
          {party.state !== null && <PartyMark state={party.state} />}
        </div>
        <RegistrationFacts party={party} />
      </section>
      <p>
        <a href={hrefOf({ screen: 'organisations' })}>{parties.back}</a>
      </p>
    </Screen>
  );
}

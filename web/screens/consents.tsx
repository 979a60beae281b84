import { isMissing } from '../api/reading.ts';
import { Fact } from '../components/fact.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { formatInstant } from '../format/dates.ts';
import { hrefOf } from '../session/route.ts';
import { ConsentMark } from '../sharing/consent-state.tsx';
import { partyName } from '../sharing/party-facts.tsx';
import type { Consent } from '../sharing/share.ts';
import { useConsents } from '../sharing/use-consents.ts';
import { useDependantNames } from '../sharing/use-dependant-names.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What a person agreed to share, newest first. */
export function Consents() {
  const { consents: texts, frame } = useTexts();
  const { consents, next, failure, asking, more } = useConsents();
  const { names } = useDependantNames(consents?.some(({ dependant }) => dependant !== null) ?? false);
  return (
    <Screen title={texts.title}>
      <p className="lead">{texts.intro}</p>
      <p>
        <a className="button quiet" href={hrefOf({ screen: 'scan' })}>
          <Icon name="camera" /> {texts.scan}
        </a>
      </p>
      {asking && consents === null && <Progress label={frame.asking} />}
      {consents?.length === 0 && (
        <div className="message none">
          <Icon name="none" />
          <div>
            <p className="message-title">{texts.none}</p>
            <p>{texts.noneNext}</p>
          </div>
        </div>
      )}
      {consents !== null && consents.length > 0 && (
        <ul className="consents">
          {consents.map((consent) => (
            <ConsentItem key={consent.id} consent={consent} names={names} />
          ))}
        </ul>
      )}
      {failure !== null &&
        (isMissing(failure) ? (
          <MissingMessage failure={failure} asking={asking} again={more} />
        ) : (
          <RefusedMessage failure={failure} />
        ))}
      {consents !== null && consents.length > 0 && failure === null && (
        <div className="list-end">
          {next === null ? (
            <p className="hint">{texts.end}</p>
          ) : (
            <button type="button" className="button small" disabled={asking} onClick={more}>
              {frame.more}
            </button>
          )}
        </div>
      )}
    </Screen>
  );
}

interface ConsentItemProps {
  readonly consent: Consent;
  readonly names: ReadonlyMap<string, string>;
}

function ConsentItem({ consent, names }: ConsentItemProps) {
  const { consents: texts, access, language } = useTexts();
  const { id, state, party, purpose, grantedAt, endsAt, changedAt, dependant, fetch } = consent;
  const isOpen = state === 'ACTIVE' || state === 'PAUSED' || state === 'STOPPED';
  const name = partyName(party, access.actors.RELYING_PARTY);
  const code = purpose?.code ?? null;
  const known = code === null ? null : (access.purposes[code] ?? code);
  return (
    <li className={`consent ${(state ?? 'EXPIRED').toLowerCase()}`}>
      <div className="consent-head">
        <h2>
          <span lang="vi">{name}</span>
        </h2>
        {state !== null && <ConsentMark state={state} />}
      </div>
      <dl className="facts columns">
        <Fact term={access.purpose} value={purpose?.label?.[language] ?? known} />
        <Fact
          term={texts.subject}
          value={dependant === null ? texts.mine : (names.get(dependant) ?? texts.dependant)}
        />
        <Fact term={texts.grantedAt} value={grantedAt === null ? null : formatInstant(grantedAt, language)} />
        {!isOpen && changedAt !== null && (
          <Fact term={texts.changedAt} value={formatInstant(changedAt, language)} />
        )}
        {isOpen && fetch === 'STANDING' && (
          <Fact
            term={texts.endsAt}
            value={endsAt === null ? texts.endless : formatInstant(endsAt, language)}
          />
        )}
      </dl>
      <a
        className="button quiet small"
        href={hrefOf({ screen: 'consent', id })}
        aria-label={texts.open(name)}
      >
        {texts.details}
      </a>
    </li>
  );
}

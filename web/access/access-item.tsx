import { useId } from 'react';
import { ActorName } from '../components/actor-name.tsx';
import { ClaimList } from '../components/claim-list.tsx';
import { Fact } from '../components/fact.tsx';
import { formatClock, formatDate } from '../format/dates.ts';
import { formatStatute } from '../format/statute.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { EntryDetails } from './entry-details.tsx';
import { type AccessEntry, type AccessReport, entryKey } from './entry.ts';
import { actorLine, outcomeWords, purposeWords, whatWords } from './entry-words.ts';
import type { Sitting } from './group-entries.ts';

/** What can be done with an entry, and what is known of it beside it. */
export interface EntryDoings {
  readonly report: (entry: AccessEntry) => void;
  readonly prove: (entry: AccessEntry) => void;
  readonly reported: (entry: AccessEntry) => AccessReport | null;
  readonly isFresh: (entry: AccessEntry) => boolean;
}

interface AccessItemProps {
  readonly sitting: Sitting;
  readonly doings: EntryDoings;
}

/** One sitting: who, when, what, why, on what ground, how it ended, and each of its readings with what can be done. */
export function AccessItem({ sitting: { entries }, doings }: AccessItemProps) {
  const texts = useTexts();
  const { access } = texts;
  const [newest] = entries;
  const claims = entries.flatMap((entry) => entry.claims);
  const isAlone = entries.length === 1;
  return (
    <li className={newest.outcome === 'RELEASED' ? 'access' : `access ${newest.outcome.toLowerCase()}`}>
      <Head entries={entries} isFresh={entries.some(doings.isFresh)} />
      <dl className="facts">
        <Fact
          term={whatWords({ outcome: newest.outcome, claims }, texts)}
          value={claims.length > 0 && <ClaimList claims={claims} />}
          none={access.nothingReleased}
        />
        <Grounds entry={newest} />
      </dl>
      {newest.event === 'AUDIT_READ' && <p className="hint">{access.auditNote}</p>}
      {newest.actor.kind === 'APPLICANT' && <p className="hint">{access.applicantNote}</p>}
      {newest.outcome === 'UNDELIVERED' && <p className="hint">{access.undeliveredNote}</p>}
      {isAlone ? (
        <>
          <EntryDetails entry={newest} />
          <EntryButtons entry={newest} doings={doings} />
        </>
      ) : (
        <EachEntry entries={entries} doings={doings} />
      )}
    </li>
  );
}

function Head({ entries, isFresh }: Sitting & { readonly isFresh: boolean }) {
  const { access } = useTexts();
  const [newest] = entries;
  const oldest = entries.at(-1) ?? newest;
  const [from, to] = [formatClock(oldest.time), formatClock(newest.time)];
  return (
    <div className="access-head">
      <h3>
        <ActorName entry={newest} />
      </h3>
      <p className="access-time">
        <time dateTime={newest.time}>{from === to ? to : access.period(from, to)}</time>
        {entries.length > 1 && <span>, {access.count(entries.length)}</span>}
      </p>
      {newest.outcome !== 'RELEASED' && (
        <span className={`badge ${newest.outcome === 'REFUSED' ? 'bad' : 'plain'}`}>
          {access.outcomes[newest.outcome]}
        </span>
      )}
      {isFresh && <span className="badge fresh">{access.newMark}</span>}
    </div>
  );
}

/** Why it was lawful and how it ended. */
function Grounds({ entry }: { readonly entry: AccessEntry }) {
  const texts = useTexts();
  const { access, language } = texts;
  const { consentId, legalBasis, mine } = entry;
  return (
    <>
      <Fact term={access.purpose} value={purposeWords(entry, texts)} />
      {!(mine && consentId === null) && (
        <Fact
          term={access.consent}
          value={consentId === null ? access.noConsent : <ConsentLink entry={entry} id={consentId} />}
        />
      )}
      <Fact term={access.basis} value={legalBasis === null ? null : formatStatute(legalBasis, language)} />
      <Fact term={access.outcome} value={outcomeWords(entry, texts)} />
    </>
  );
}

/** The consent behind an entry, where it is one's own to look at. */
function ConsentLink({ entry, id }: { readonly entry: AccessEntry; readonly id: string }) {
  const { access } = useTexts();
  const words = entry.event === 'CONSENT_CHANGE' ? access.consentChanged : access.consentLink;
  return (
    <>
      <a href={hrefOf({ screen: 'consent', id })}>{words}</a>, {access.consentNumber(id)}
    </>
  );
}

/** The readings of a sitting one by one. */
function EachEntry({ entries, doings }: Sitting & { readonly doings: EntryDoings }) {
  const { access } = useTexts();
  return (
    <details className="more">
      <summary>{access.each(entries.length)}</summary>
      <ol className="entries">
        {entries.map((entry) => (
          <li key={entryKey(entry)}>
            <p className="entry-title">
              <time dateTime={entry.time}>{formatClock(entry.time)}</time>
            </p>
            {entry.claims.length > 0 && <ClaimList claims={entry.claims} />}
            <EntryDetails entry={entry} />
            <EntryButtons entry={entry} doings={doings} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function EntryButtons({ entry, doings }: { readonly entry: AccessEntry; readonly doings: EntryDoings }) {
  const texts = useTexts();
  const { accessProof, accessReport, language } = texts;
  const which = useId();
  const report = doings.reported(entry);
  const dueOn = report?.dueOn ?? null;
  return (
    <div className="access-buttons">
      <span id={which} className="heard">
        {actorLine(entry, texts)}, {formatClock(entry.time)}, {entry.index}
      </span>
      <button
        type="button"
        className="button quiet small"
        aria-describedby={which}
        onClick={() => doings.prove(entry)}
      >
        {accessProof.open}
      </button>
      <button
        type="button"
        className="button quiet small"
        aria-describedby={which}
        onClick={() => doings.report(entry)}
      >
        {entry.mine ? accessReport.openMine : accessReport.open}
      </button>
      <output className="badge good">
        {report !== null &&
          (dueOn === null ? accessReport.markSoon : accessReport.mark(formatDate(dueOn, language)))}
      </output>
    </div>
  );
}

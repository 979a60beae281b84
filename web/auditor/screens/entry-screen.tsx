import type { ReactNode } from 'react';
import { Fact } from '../../components/fact.tsx';
import { Screen } from '../../components/screen.tsx';
import { formatInstant } from '../../format/dates.ts';
import { AuditProofDocument } from '../../generated/audit-operations.ts';
import { useKept, useMemory } from '../audit/memory.tsx';
import { type LoggedEntry, readEntry } from '../audit/read-entry.ts';
import { hrefOf } from '../audit/route.ts';
import type { Search, SearchFilter } from '../audit/search-filter.ts';
import { claimWords, purposeWords } from '../claim-words.ts';
import { KeptState } from '../components/kept-state.tsx';
import { ReaderName } from '../components/reader-name.tsx';
import { formatCount, shortId } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ProofPanel } from './proof-panel.tsx';

interface EntryScreenProps {
  readonly origin: string;
  readonly index: number;
  /** The search one came from. */
  readonly search: Search | null;
}

/** One entry: all it says, read from the bytes that are proved, and the proof computed here. */
export function EntryScreen({ origin, index, search }: EntryScreenProps) {
  const { entry: texts, language } = useConsoleTexts();
  const kept = useKept(AuditProofDocument, { origin, index });
  const found = kept.answer?.data?.accessProof ?? null;
  const bytes = found?.entry ?? null;
  const logged = bytes === null ? null : readEntry(bytes);
  const isAbsent = kept.answer !== null && kept.answer.failures.length === 0 && bytes === null;
  return (
    <Screen title={texts.title(formatCount(index, language))}>
      <p>
        <a href={hrefOf({ screen: 'search', filter: search?.filter ?? {} })}>{texts.back}</a>
      </p>
      <div className="entry-layout" aria-busy={kept.asking}>
        {isAbsent && <p className="message">{texts.missing}</p>}
        {!isAbsent && (
          <KeptState kept={kept} has={bytes !== null}>
            {logged !== null && <EntryFacts origin={origin} logged={logged} bytes={bytes ?? ''} />}
            {bytes !== null && (
              <ProofPanel
                entry={bytes}
                proof={found?.proof ?? null}
                origin={origin}
                index={index}
                asking={kept.asking}
                again={kept.again}
              />
            )}
          </KeptState>
        )}
      </div>
    </Screen>
  );
}

interface EntryFactsProps {
  readonly origin: string;
  readonly logged: LoggedEntry;
  readonly bytes: string;
}

function EntryFacts({ origin, logged, bytes }: EntryFactsProps) {
  const { entry: texts, codes, language } = useConsoleTexts();
  const { time, event, outcome, refusal, purpose, legalBasis, sources } = logged;
  return (
    <section className="section" aria-labelledby="entry-what">
      <h2 id="entry-what">{texts.what}</h2>
      <p className="hint">{texts.intro}</p>
      <dl className="facts columns">
        <Fact term={texts.time} value={<time dateTime={time}>{formatInstant(time, language)}</time>} />
        <Fact term={texts.event} value={event === null ? null : codes.event[event]} />
        <Fact
          term={texts.outcome}
          value={
            outcome === null ? null : (
              <span className={`badge outcome ${outcome.toLowerCase()}`}>{codes.outcome[outcome]}</span>
            )
          }
        />
        <Fact term={texts.refusal} value={refusal} none={texts.none} />
        <ActorFacts logged={logged} />
        <Fact term={texts.purpose} value={purpose === null ? null : purposeWords(purpose, language)} />
        <Fact term={texts.legalBasis} value={legalBasis} />
        <Fact term={texts.consentId} value={logged.consentId} none={texts.none} />
        <CodeFact
          term={texts.caseId}
          code={logged.caseId}
          filter={(caseId) => ({ caseId })}
          link={texts.ofCase}
        />
        <CodeFact
          term={texts.requestId}
          code={logged.requestId}
          filter={(requestId) => ({ requestId })}
          link={texts.ofRequest}
        />
      </dl>
      <dl className="facts">
        <Fact term={texts.claims} value={<Claims claims={logged.claims} />} />
        <Fact
          term={texts.sources}
          value={sources
            .map((source) => (codes.service as Readonly<Record<string, string>>)[source] ?? source)
            .join(', ')}
          none={texts.none}
        />
        <Fact term={texts.subjects} value={<Subjects subjects={logged.subjects} />} />
      </dl>
      <Bytes origin={origin} logged={logged} bytes={bytes} />
    </section>
  );
}

/** What only few look at: the rest of the entry, and its bytes as they were hashed. */
function Bytes({ origin, logged, bytes }: EntryFactsProps) {
  const { entry: texts, language } = useConsoleTexts();
  const { level, operationHash, policyVersion, completes, delayedDisclosure, detailHash } = logged;
  return (
    <details className="figures">
      <summary>{texts.bytes}</summary>
      <dl className="facts columns">
        <Fact term={texts.origin} value={origin} />
        <Fact term={texts.level} value={level} />
        <Fact term={texts.policyVersion} value={policyVersion} />
        <Fact
          term={texts.completes}
          value={
            completes === null ? null : (
              <a href={hrefOf({ screen: 'entry', origin, index: completes })}>
                {formatCount(completes, language)}
              </a>
            )
          }
          none={texts.none}
        />
        <Fact term={texts.delayed} value={delayedDisclosure ? texts.yes : texts.no} />
        <Fact term={texts.operationHash} value={operationHash} none={texts.none} />
        <Fact term={texts.detail} value={detailHash} none={texts.none} />
      </dl>
      <pre className="raw">
        <code>{bytes}</code>
      </pre>
    </details>
  );
}

function ActorFacts({ logged: { actor } }: { readonly logged: LoggedEntry }) {
  const { entry: texts } = useConsoleTexts();
  const memory = useMemory();
  const { kind, id, session } = actor;
  return (
    <>
      <Fact
        term={texts.actor}
        value={
          kind === null ? null : (
            <ReaderName reader={{ kind, id, name: id === null ? null : memory.nameOf(id) }} />
          )
        }
      />
      <CodeFact term={texts.actorId} code={id} filter={(actorId) => ({ actorId })} link={texts.ofActor} />
      <Fact term={texts.session} value={session === null ? null : shortId(session)} none={texts.none} />
    </>
  );
}

interface CodeFactProps {
  readonly term: string;
  readonly code: string | null;
  readonly filter: (code: string) => SearchFilter;
  readonly link: string;
}

/** A code, with the way to everything under the same one. */
function CodeFact({ term, code, filter, link }: CodeFactProps) {
  const { entry: texts } = useConsoleTexts();
  const value: ReactNode = code !== null && (
    <>
      <span className="code line">{code}</span>
      <a href={hrefOf({ screen: 'search', filter: filter(code) })}>{link}</a>
    </>
  );
  return <Fact term={term} value={value} none={texts.none} />;
}

function Claims({ claims }: { readonly claims: readonly string[] }) {
  const { search, charts, language } = useConsoleTexts();
  if (claims.length === 0) return search.noClaims;
  return (
    <ul className="claim-list">
      {claims.map((claim) => {
        const { label, sensitive } = claimWords(claim, language);
        return (
          <li key={claim}>
            {label} {sensitive && <span className="badge bad">{charts.sensitive}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Subjects({ subjects }: { readonly subjects: readonly string[] }) {
  const { entry: texts } = useConsoleTexts();
  if (subjects.length === 0) return texts.none;
  return (
    <ul className="subjects">
      {subjects.map((pseudonym) => (
        <li key={pseudonym}>
          <span className="code">{shortId(pseudonym)}</span>{' '}
          <a href={hrefOf({ screen: 'search', filter: { pseudonym } })}>{texts.ofSubject}</a>
        </li>
      ))}
    </ul>
  );
}

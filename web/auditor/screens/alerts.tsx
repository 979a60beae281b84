import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { Screen } from '../../components/screen.tsx';
import { formatInstant } from '../../format/dates.ts';
import {
  type AccessAlertKind,
  AuditAlertsDocument,
  type AuditAlertsQuery,
} from '../../generated/audit-operations.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useKept } from '../audit/memory.tsx';
import { hrefOf } from '../audit/route.ts';
import { KeptState } from '../components/kept-state.tsx';
import { formatCount } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

type Alert = NonNullable<NonNullable<NonNullable<AuditAlertsQuery['accessAlerts']>['nodes']>[number]>;

/** What is about the log as a whole: how it stands says more. */
const aboutLog: ReadonlySet<AccessAlertKind> = new Set([
  'WITNESS_AWAY',
  'WITNESS_REFUSED',
  'LOG_INCONSISTENT',
  'LOG_REWOUND',
  'WRITER_FENCED',
]);

/** What tells that the log, or the way to it, may have been tampered with. */
const severe: ReadonlySet<AccessAlertKind> = new Set([...aboutLog, 'ENTRY_ALTERED', 'SERVED_NOT_LOGGED']);

/** Alerts whose count is of people. */
const aboutPeople: ReadonlySet<AccessAlertKind> = new Set(['NIGHT_READING', 'MANY_PEOPLE']);

const pageSize = 20;

/** What the log found amiss, newest first, each with the way to what it is about. */
export function Alerts() {
  const { alerts } = useConsoleTexts();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <Screen title={alerts.title}>
      <p className="lead">{alerts.intro}</p>
      {cursors.map((after, page) => (
        <AlertPage
          key={after ?? ''}
          after={after}
          onMore={page === cursors.length - 1 ? (next) => setCursors((last) => [...last, next]) : null}
        />
      ))}
    </Screen>
  );
}

interface AlertPageProps {
  readonly after: string | null;
  /** Null where another page follows already. */
  readonly onMore: ((cursor: string) => void) | null;
}

function AlertPage({ after, onMore }: AlertPageProps) {
  const { alerts } = useConsoleTexts();
  const kept = useKept(AuditAlertsDocument, { first: pageSize, after });
  const list = kept.answer?.data?.accessAlerts ?? null;
  const nodes = list?.nodes ?? [];
  const next = list?.pageInfo?.hasNextPage === true ? list.pageInfo.endCursor : null;
  return (
    <KeptState kept={kept} has={list !== null}>
      {nodes.length === 0 && after === null && (
        <div className="message good">
          <div>
            <p className="message-title">{alerts.none}</p>
            <p>{alerts.noneNext}</p>
          </div>
        </div>
      )}
      <ol className="alerts">
        {nodes.map((alert) => (
          <AlertItem key={alert.id ?? ''} alert={alert} />
        ))}
      </ol>
      {onMore !== null && next !== null && (
        <button type="button" className="button" onClick={() => onMore(next)}>
          {alerts.more}
        </button>
      )}
      {onMore !== null && next === null && nodes.length > 0 && <p className="hint">{alerts.end}</p>}
    </KeptState>
  );
}

function AlertItem({ alert }: { readonly alert: Alert }) {
  const { alerts, codes, language } = useConsoleTexts();
  const { frame } = useTexts();
  const { at, kind, service, requestId, origin, index, count } = alert;
  const isSevere = kind !== null && severe.has(kind);
  return (
    <li className={isSevere ? 'alert severe' : 'alert'}>
      <p className="alert-head">
        <span className={isSevere ? 'badge bad' : 'badge mark'}>
          <Icon name="missing" /> {isSevere ? alerts.severe : alerts.watch}
        </span>
        {at !== null && <time dateTime={at}>{formatInstant(at, language)}</time>}
        {count !== null && count > 1 && (
          <span>
            {(kind !== null && aboutPeople.has(kind) ? alerts.people : alerts.count)(
              formatCount(count, language),
            )}
          </span>
        )}
      </p>
      <h2>{kind === null ? frame.notFound : codes.alert[kind]}</h2>
      {service !== null && (
        <p>
          {alerts.service}: {(codes.service as Readonly<Record<string, string>>)[service] ?? service}
        </p>
      )}
      <p className="links">
        {origin !== null && index !== null && (
          <a href={hrefOf({ screen: 'entry', origin, index })}>
            {alerts.toEntry(formatCount(index, language))}
          </a>
        )}
        {requestId !== null && (
          <a href={hrefOf({ screen: 'search', filter: { requestId } })}>{alerts.toRequest}</a>
        )}
        {kind !== null && aboutLog.has(kind) && <a href={hrefOf({ screen: 'log' })}>{alerts.toLog}</a>}
      </p>
    </li>
  );
}

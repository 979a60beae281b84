import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useClient, useMutation, useQuery } from 'urql';
import { answerOf } from '../../api/answer.ts';
import { MissingMessage } from '../../components/section-messages.tsx';
import { Progress } from '../../components/progress.tsx';
import { Screen } from '../../components/screen.tsx';
import { AuditAccountDocument, SignOutDocument } from '../../generated/audit-operations.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { AuditCase } from '../audit/case-reference.ts';
import { createMemory, MemoryProvider } from '../audit/memory.tsx';
import { type AuditRoute, hrefOf, useAuditRoute } from '../audit/route.ts';
import type { Search } from '../audit/search-filter.ts';
import { ConsolePage } from '../components/console-page.tsx';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { Alerts } from './alerts.tsx';
import { EntryScreen } from './entry-screen.tsx';
import { LogStatus } from './log-status.tsx';
import { Overview } from './overview.tsx';
import { SearchScreen } from './search-screen.tsx';

interface PresentedProps {
  readonly onKnown: () => void;
  readonly onLeft: () => void;
  /** Null until a case is named: then `children` ask for one. */
  readonly auditCase?: AuditCase | null;
  readonly children?: ReactNode;
}

/** Everything behind the sign-in, for auditors; anybody else is told whose page this is. */
export function Presented({ onKnown, onLeft, auditCase = null, children }: PresentedProps) {
  const { frame } = useTexts();
  const route = useAuditRoute();
  const [result, ask] = useQuery({ query: AuditAccountDocument, requestPolicy: 'network-only' });
  const [, signOut] = useMutation(SignOutDocument);
  const answer = result.data === undefined && result.error === undefined ? null : answerOf(result);
  const account = answer?.data?.me ?? null;
  useEffect(() => {
    if (account !== null) onKnown();
  }, [account, onKnown]);
  const leave = (): void => void signOut({}).then(onLeft);
  if (account === null) {
    const failure = answer?.failures[0];
    return (
      <ConsolePage menu={null}>
        <main id="main">
          {failure === undefined || failure.code === 'UNAUTHENTICATED' ? (
            <Progress label={frame.asking} />
          ) : (
            <MissingMessage
              failure={failure}
              asking={result.fetching}
              again={() => ask({ requestPolicy: 'network-only' })}
            />
          )}
        </main>
      </ConsolePage>
    );
  }
  const isAuditor = account.staffRole === 'AUDITOR';
  return (
    <ConsolePage menu={{ route, auditCase: isAuditor ? auditCase : null, onSignOut: leave }}>
      {!isAuditor && <NotForYou />}
      {isAuditor && auditCase === null && children}
      {isAuditor && auditCase !== null && <CaseWork route={route} />}
    </ConsolePage>
  );
}

/** The screens under one case, with what was read and searched for under it. */
function CaseWork({ route }: { readonly route: AuditRoute }) {
  const client = useClient();
  const memory = useMemo(() => createMemory(client), [client]);
  const [search, setSearch] = useState<Search | null>(null);
  return (
    <MemoryProvider value={memory}>
      <Place route={route} search={search} onSearch={setSearch} />
    </MemoryProvider>
  );
}

interface PlaceProps {
  readonly route: AuditRoute;
  readonly search: Search | null;
  readonly onSearch: (search: Search | null) => void;
}

function Place({ route, search, onSearch }: PlaceProps) {
  const { frame } = useConsoleTexts();
  switch (route.screen) {
    case 'overview':
      return <Overview range={route.range} />;
    case 'search':
      return <SearchScreen filter={route.filter} search={search} onSearch={onSearch} />;
    case 'entry':
      return (
        <EntryScreen
          key={`${route.origin} ${route.index}`}
          origin={route.origin}
          index={route.index}
          search={search}
        />
      );
    case 'alerts':
      return <Alerts />;
    case 'log':
      return <LogStatus />;
    case 'unknown':
      return (
        <Screen title={frame.notFound}>
          <p>
            <a href={hrefOf({ screen: 'overview', range: null })}>{frame.toOverview}</a>
          </p>
        </Screen>
      );
  }
}

function NotForYou() {
  const { frame } = useConsoleTexts();
  return (
    <Screen title={frame.notAuditorTitle} narrow>
      <section className="section">
        <p className="lead">{frame.notAuditor}</p>
        <p>{frame.notAuditorNext}</p>
        <p>
          <a className="button" href="/">
            {frame.toProfile}
          </a>
        </p>
      </section>
    </Screen>
  );
}

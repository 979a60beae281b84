import { AccessList } from '../access/access-list.tsx';
import { Screen } from '../components/screen.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What was read and changed under one consent. */
export function ConsentHistory({ id }: { readonly id: string }) {
  const { consents: texts, access } = useTexts();
  return (
    <Screen title={texts.historyTitle}>
      <p className="lead">
        <a href={hrefOf({ screen: 'consent', id })}>{access.consentChanged}</a>
      </p>
      <AccessList others={false} consent={id} />
    </Screen>
  );
}

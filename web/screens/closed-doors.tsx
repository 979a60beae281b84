import { Screen } from '../components/screen.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The account of somebody for whom a guardian has to confirm first. */
export function GuardianNeeded() {
  const { account: texts } = useTexts();
  return (
    <Screen title={texts.guardianTitle} narrow>
      <section className="section">
        <p className="lead">{texts.guardianIntro}</p>
        <p>{texts.guardianNext}</p>
      </section>
    </Screen>
  );
}

/** A member of staff has no profile here: what they work with stands elsewhere. */
export function StaffAccount() {
  const { account: texts, applications } = useTexts();
  return (
    <Screen title={texts.staffTitle} narrow>
      <section className="section">
        <p>{texts.staffIntro}</p>
        <p>
          <a href="/auditor">{texts.staffConsole}</a>
        </p>
        <p>
          <a href={hrefOf({ screen: 'parties' })}>{applications.open}</a>
        </p>
      </section>
    </Screen>
  );
}

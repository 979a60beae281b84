import { Icon } from '../../components/icon.tsx';
import { Screen } from '../../components/screen.tsx';
import { CaseForm } from '../components/case-form.tsx';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface CaseScreenProps {
  /** The server did not take the reference given before. */
  readonly wasRefused: boolean;
  readonly onNamed: (reference: string) => void;
}

/** Between the sign-in and the log: for which case. */
export function CaseScreen({ wasRefused, onNamed }: CaseScreenProps) {
  const { cases } = useConsoleTexts();
  return (
    <Screen title={cases.title} narrow>
      <p className="lead">{cases.intro}</p>
      <div className="card-form">
        <CaseForm
          start=""
          submit={cases.start}
          message={wasRefused ? cases.refused : null}
          onNamed={onNamed}
        />
        <p className="watched">
          <Icon name="lock" /> {cases.watched}
        </p>
        <p className="hint">{cases.next}</p>
      </div>
    </Screen>
  );
}

import { useAnswer } from '../api/use-answer.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MyDependantsDocument } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Profile } from './profile.tsx';

/** The profile of one dependant, with whose behalf it is read on said at its head. */
export function Dependant({ id }: { readonly id: string }) {
  const { dependants: texts, profile, frame } = useTexts();
  const { answer } = useAnswer(MyDependantsDocument, {});
  const back = (
    <p>
      <a href={hrefOf({ screen: 'dependants' })}>{texts.back}</a>
    </p>
  );
  if (answer === null) {
    return (
      <main id="main">
        <Progress label={frame.asking} />
      </main>
    );
  }
  const list = answer.data?.me?.dependants;
  const dependant = list?.find((one) => one.id === id);
  if (list != null && dependant === undefined) {
    return (
      <Screen title={texts.title}>
        <p className="message">{texts.gone}</p>
        {back}
      </Screen>
    );
  }
  const name = dependant?.person?.fullName ?? texts.unnamed;
  return (
    <Screen title={profile.titleOf(name)}>
      {back}
      <p className="message">{texts.actingFor(name)}</p>
      <Profile subject={{ kind: 'dependant', id }} />
    </Screen>
  );
}

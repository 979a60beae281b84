import { partOf, readingOf } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { LevelMessage, MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { isMissing } from '../api/reading.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { formatDate } from '../format/dates.ts';
import { MyDependantsDocument, type MyDependantsQuery } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

type Dependant = NonNullable<NonNullable<MyDependantsQuery['me']>['dependants']>[number];

/** Those for whom the owner acts. */
export function Dependants() {
  const { dependants: texts, frame } = useTexts();
  const { answer, asking, again } = useAnswer(MyDependantsDocument, {});
  if (answer === null) {
    return (
      <Screen title={texts.title}>
        <Progress label={frame.asking} />
      </Screen>
    );
  }
  const list = partOf(answer.data?.me?.dependants, readingOf(answer, ['me', 'dependants']));
  return (
    <Screen title={texts.title}>
      <p className="lead">{texts.intro}</p>
      {list.state === 'withheld' && isMissing(list.failure) && (
        <MissingMessage failure={list.failure} asking={asking} again={again} />
      )}
      {list.state === 'withheld' && list.failure.code === 'LEVEL_REQUIRED' && <LevelMessage />}
      {list.state === 'withheld' && !isMissing(list.failure) && list.failure.code !== 'LEVEL_REQUIRED' && (
        <RefusedMessage failure={list.failure} />
      )}
      {list.state === 'none' && (
        <div className="message none">
          <div>
            <p className="message-title">{texts.none}</p>
            <p>{texts.noneNext}</p>
          </div>
        </div>
      )}
      {list.state === 'there' && (
        <>
          <ul className="people">
            {list.value.map((dependant) => (
              <DependantItem key={dependant.id} dependant={dependant} />
            ))}
          </ul>
          <SourceLine source={list.value[0]?.source} />
        </>
      )}
    </Screen>
  );
}

function DependantItem({ dependant: { id, relation, endsOn, person } }: { readonly dependant: Dependant }) {
  const { dependants: texts, person: terms, words, language } = useTexts();
  const name = person?.fullName ?? texts.unnamed;
  const birth = person?.dateOfBirth ?? null;
  return (
    <li>
      <div>
        <p className="name">{name}</p>
        <p>
          {relation !== null && words.relation[relation]}
          {birth !== null && ` · ${terms.birth} ${formatDate(birth, language)}`}
        </p>
        <p className="hint">{endsOn === null ? texts.endless : texts.endsOn(formatDate(endsOn, language))}</p>
      </div>
      <a className="button" href={hrefOf({ screen: 'dependant', id })}>
        {texts.open(name)}
      </a>
    </li>
  );
}

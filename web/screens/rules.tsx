import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useQuery } from 'urql';
import { answerOf } from '../api/answer.ts';
import { FormField } from '../components/form-field.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { formatDate } from '../format/dates.ts';
import { formatMoney } from '../format/numbers.ts';
import { RegistrationRulesDocument, type RegistrationRulesQuery } from '../generated/operations.ts';
import { typedDate, wireDate } from '../registration/identity-draft.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

type LawOfTheDay = NonNullable<RegistrationRulesQuery['registrationRules']>;
type Answered = LawOfTheDay['fine'];

/** What the law says of registering on a day, for everybody: no account and no session is needed. */
export function Rules() {
  const { rules } = useTexts();
  const [on, setOn] = useState<string | null>(null);
  const [result, ask] = useQuery({
    query: RegistrationRulesDocument,
    variables: { on },
    requestPolicy: 'network-only',
  });
  const { data, failures } = answerOf(result);
  const law = data?.registrationRules ?? null;
  const [failure] = failures;
  return (
    <Screen title={rules.title} narrow>
      {law === null && failure === undefined && <Progress label={rules.title} />}
      {failure !== undefined && (
        <MissingMessage
          failure={failure}
          asking={result.fetching}
          again={() => ask({ requestPolicy: 'network-only' })}
        />
      )}
      {law !== null && <Answers law={law} />}
      <DayForm on={law?.on ?? null} onChosen={setOn} />
      <p>
        <a className="button" href={hrefOf({ screen: 'register' })}>
          {rules.register}
        </a>
      </p>
    </Screen>
  );
}

function Answers({ law }: { readonly law: LawOfTheDay }) {
  const { rules, registration, language } = useTexts();
  return (
    <>
      <p className="lead">{law.on !== null && rules.intro(formatDate(law.on, language))}</p>
      <Question title={rules.compulsory}>
        <AnswerText answer={law.compulsory} />
      </Question>
      <Question title={rules.fine}>
        <AnswerText answer={law.fine} />
      </Question>
      <Question title={rules.price}>
        <p>{law.price?.amount ? formatMoney(law.price.amount, language) : rules.free}</p>
        <Law law={law.price?.law ?? null} />
      </Question>
      <Question title={rules.deadlines}>
        <Deadlines law={law} />
      </Question>
      <Question title={rules.levels}>
        <Levels law={law} />
      </Question>
      <Question title={rules.opens}>
        <Opens law={law} />
      </Question>
      <Question title={rules.places}>
        {law.places?.map((place) => (
          <AnswerText key={place.code} answer={place} />
        ))}
      </Question>
      <Question title={rules.devices}>
        <ul>
          {law.devices?.map(({ platform, minimum, requires, store }) => (
            <li key={platform}>{[platform, minimum, requires, store].filter(Boolean).join(' · ')}</li>
          ))}
        </ul>
      </Question>
      <Question title={rules.terms}>
        <ol className="steps">
          {rules.termsClauses.map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ol>
        {law.terms?.version != null && (
          <p className="hint">{registration.terms.version(law.terms.version)}</p>
        )}
      </Question>
    </>
  );
}

function Question({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function AnswerText({ answer }: { readonly answer: Answered }) {
  const { language } = useTexts();
  if (answer === null) return null;
  return (
    <>
      <p>{answer.text?.[language]}</p>
      <Law law={answer.law} />
    </>
  );
}

function Law({ law }: { readonly law: string | null }) {
  const { rules } = useTexts();
  return law === null ? null : (
    <p className="hint">
      {rules.law}: <span lang="vi">{law}</span>
    </p>
  );
}

function Deadlines({ law }: { readonly law: LawOfTheDay }) {
  const { rules, language } = useTexts();
  const all = [...(law.deadlines ?? []), ...(law.activation === null ? [] : [law.activation])];
  return (
    <dl className="facts">
      {all.map(({ code, days, workingDays, text, law: source }) => (
        <div className="fact" key={code}>
          <dt>{text?.[language] ?? code}</dt>
          <dd>
            {days !== null && rules.days(days, workingDays === true)}
            <Law law={source} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Levels({ law }: { readonly law: LawOfTheDay }) {
  const { rules, language } = useTexts();
  return (
    <ul className="rule-list">
      {law.levels?.map((rule) => {
        const { kind, fromAge, belowAge, level, channel, where } = rule;
        const age = [
          fromAge === null ? null : rules.from(fromAge),
          belowAge === null ? null : rules.below(belowAge),
        ];
        const said = [
          level === null ? rules.noLevel : `${rules.level} ${level}`,
          age.every((one) => one === null) ? null : age.filter(Boolean).join(', '),
          channel === null ? null : rules.channels[channel],
          rule.byRepresentative === true ? rules.byRepresentative : null,
          rule.onDemand === true ? rules.onDemand : null,
        ].filter((one) => one !== null);
        return (
          <li key={`${kind} ${fromAge} ${belowAge} ${level} ${channel}`}>
            <strong>{kind !== null && rules.kinds[kind]}</strong>: {said.join('; ')}
            {where?.[language] != null && <span className="hint line">{where[language]}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Opens({ law }: { readonly law: LawOfTheDay }) {
  const { rules, language } = useTexts();
  const levels = [...new Set((law.opens ?? []).map(({ level }) => level))];
  return levels.map((level) => (
    <div key={level}>
      <h3>
        {rules.level} {level}
      </h3>
      <ul>
        {law.opens?.flatMap((one) =>
          one.level === level
            ? [
                <li key={one.code}>
                  {one.text?.[language]}
                  <Services of={one.code} law={law} />
                </li>,
              ]
            : [],
        )}
      </ul>
    </div>
  ));
}

/** Services that have a name of their own, under what they are part of. */
function Services({ of, law }: { readonly of: string | null; readonly law: LawOfTheDay }) {
  const { language } = useTexts();
  const named = (law.services ?? []).filter(({ opening }) => opening === of);
  return named.length === 0 ? null : (
    <ul>
      {named.map(({ code, text }) => (
        <li key={code}>{text?.[language]}</li>
      ))}
    </ul>
  );
}

interface DayFormProps {
  readonly on: string | null;
  readonly onChosen: (day: string) => void;
}

/** The law of another day: what held when somebody registered. */
function DayForm({ on, onChosen }: DayFormProps) {
  const { rules, registration } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const day = wireDate(typed ?? '');
    const isDay = day !== null && day.length === 10;
    setWrong(!isDay);
    if (isDay) onChosen(day);
  }
  return (
    <form noValidate onSubmit={submit} className="section">
      <FormField
        label={rules.onDay}
        hint={registration.identity.dateOfBirthHint}
        value={typed ?? typedDate(on ?? '')}
        maxLength={10}
        isWrong={isWrong}
        onChange={setTyped}
      />
      <div className="buttons">
        <button type="submit" className="button quiet">
          {rules.show}
        </button>
      </div>
    </form>
  );
}

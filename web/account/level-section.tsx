import { useAnswer } from '../api/use-answer.ts';
import { Progress } from '../components/progress.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { LevelOpeningsDocument, type LevelOpeningsQuery } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

type LevelRules = NonNullable<LevelOpeningsQuery['registrationRules']>;

/** What the level of the account opens, what the next one would, and where it is had. */
export function LevelSection({ account: { level, kind } }: { readonly account: OwnAccount }) {
  const { levels: texts, frame } = useTexts();
  const { answer, asking, again } = useAnswer(LevelOpeningsDocument, {});
  const rules = answer?.data?.registrationRules ?? null;
  const failure = answer?.failures[0];
  if (level === null) return null;
  return (
    <section className="section" aria-labelledby="level-heading" aria-busy={asking}>
      <h2 id="level-heading">{texts.title(level)}</h2>
      {answer === null && <Progress label={frame.asking} />}
      {failure !== undefined && <MissingMessage failure={failure} asking={asking} again={again} />}
      {rules !== null && (
        <>
          <details className="more">
            <summary>{texts.opens(level)}</summary>
            <Openings rules={rules} of={(one) => one <= level} />
          </details>
          {level === 1 ? <NextLevel rules={rules} kind={kind} /> : <p className="hint">{texts.highest}</p>}
        </>
      )}
    </section>
  );
}

function Openings({ rules, of }: { readonly rules: LevelRules; readonly of: (level: number) => boolean }) {
  const { rules: words, language } = useTexts();
  const opens = (rules.opens ?? []).filter(({ level }) => level !== null && of(level));
  return (
    <ul>
      {opens.map(({ level, code, text, law }) => (
        <li key={`${level} ${code}`}>
          {text?.[language]}
          {law !== null && (
            <span className="hint line">
              {words.law}: <span lang="vi">{law}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function NextLevel({ rules, kind }: { readonly rules: LevelRules; readonly kind: OwnAccount['kind'] }) {
  const { levels: texts, rules: words, language } = useTexts();
  const way = rules.levels?.find((one) => one.kind === kind && one.level === 2);
  return (
    <>
      <h3>{texts.next}</h3>
      <Openings rules={rules} of={(one) => one === 2} />
      <p>
        {texts.how} {way?.where?.[language]}
      </p>
      {way?.law != null && (
        <p className="hint">
          {words.law}: <span lang="vi">{way.law}</span>
        </p>
      )}
      <p>
        <a href={hrefOf({ screen: 'rules' })}>{texts.toRules}</a>
      </p>
    </>
  );
}

import { type ReactNode, useId } from 'react';
import type { Asked } from '../api/use-answer.ts';
import { type Part, type Reading, sectionState } from '../api/reading.ts';
import { useTexts } from '../texts/use-texts.ts';
import { LevelLine, MissingMessage, RefusedMessage } from './section-messages.tsx';
import { Progress } from './progress.tsx';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly asked: Pick<Asked<unknown>, 'answer' | 'asking' | 'again'>;
  /** Where the parts of this section stand in the answer; what fails elsewhere is no matter of this section. */
  readonly readings: readonly Reading[];
  readonly parts: readonly Part<unknown>[];
  readonly children: ReactNode;
}

/** A section of the profile: it loads, fails and is tried again by itself, and the others stay whole. */
export function Section({ id, title, asked, readings, parts, children }: SectionProps) {
  const { frame } = useTexts();
  const heading = useId();
  const { answer, asking, again } = asked;
  const state = sectionState(readings, parts);
  return (
    <section id={id} className="section" aria-labelledby={heading} aria-busy={asking}>
      <h2 id={heading} tabIndex={-1}>
        {title}
      </h2>
      {answer === null ? (
        <Progress label={frame.asking} />
      ) : (
        <>
          {state.missing.map((failure) => (
            <MissingMessage
              key={`${failure.code} ${failure.source}`}
              failure={failure}
              asking={asking}
              again={again}
            />
          ))}
          {state.needsLevel && <LevelLine isAll={!state.showsSomething} />}
          {state.refused.map((failure) => (
            <RefusedMessage key={failure.code} failure={failure} />
          ))}
          {state.showsSomething || state.needsPasscode ? children : null}
        </>
      )}
    </section>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { lastDays } from '../audit/days.ts';
import { type DayRange, hrefOf, isRange } from '../audit/route.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

const presets = [7, 30, 90, 365];

interface RangeFormProps {
  readonly range: DayRange;
  readonly today: string;
}

/** Which days are looked at: a usual span by one press, or any two days. */
export function RangeForm({ range, today }: RangeFormProps) {
  const { overview } = useConsoleTexts();
  const [typed, setTyped] = useState(range);
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  function send(event: FormEvent): void {
    event.preventDefault();
    setWrong(!isRange(typed));
    if (isRange(typed)) window.location.hash = hrefOf({ screen: 'overview', range: typed });
  }
  return (
    <form className="range-form" noValidate onSubmit={send} aria-label={overview.range}>
      <ul className="presets">
        {presets.map((days) => {
          const preset = lastDays(today, days);
          const isCurrent = preset.from === range.from && preset.to === range.to;
          return (
            <li key={days}>
              <a
                className="chip"
                href={hrefOf({ screen: 'overview', range: preset })}
                aria-current={isCurrent ? 'true' : undefined}
              >
                {overview.lastDays(days)}
              </a>
            </li>
          );
        })}
      </ul>
      {(['from', 'to'] as const).map((end) => (
        <div className="field" key={end}>
          <label htmlFor={`${id}-${end}`}>{overview[end]}</label>
          <input
            id={`${id}-${end}`}
            type="date"
            max={today}
            value={typed[end]}
            onChange={(event) => setTyped((last) => ({ ...last, [end]: event.target.value }))}
          />
        </div>
      ))}
      <button type="submit" className="button small">
        {overview.apply}
      </button>
      <FormMessage text={isWrong ? overview.rangeFault : null} />
    </form>
  );
}

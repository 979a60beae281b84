import type { Failure } from '../api/answer.ts';
import { useCountdownFrom } from '../session/countdown.ts';
import type { Texts } from '../texts/texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Icon } from './icon.tsx';
import { Progress } from './progress.tsx';

/** The agency behind a service, in the language of the screen; null for a service we do not know. */
export function agencyName(agencies: Texts['agencies'], service: string | null): string | null {
  return service !== null && Object.hasOwn(agencies, service)
    ? agencies[service as keyof Texts['agencies']]
    : null;
}

interface MissingMessageProps {
  readonly failure: Failure;
  /** What is said of it, where there are better words than those of its code. */
  readonly words?: string;
  readonly asking: boolean;
  readonly again: () => void;
}

/** A source that could not serve, by name, with another try of this section alone. */
export function MissingMessage({ failure, words, asking, again }: MissingMessageProps) {
  const { source, agencies, errors, frame, signIn } = useTexts();
  const agency = agencyName(agencies, failure.source);
  const wait = useCountdownFrom(failure);
  return (
    <div className="message missing" aria-live="polite">
      <Icon name="missing" />
      <div>
        <p className="message-title">{agency === null ? source.missingAll : source.missing(agency)}</p>
        <p>
          {words ?? errors[failure.code]} {agency !== null && source.missingNext}
        </p>
        {asking ? (
          <Progress label={frame.asking} />
        ) : (
          <button type="button" className="button small" onClick={again} disabled={wait.left > 0}>
            {wait.left > 0 ? signIn.limitedLeft(wait.text) : frame.retry}
          </button>
        )}
      </div>
    </div>
  );
}

interface LevelLineProps {
  /** Whether the whole section waits for the level. */
  readonly isAll: boolean;
}

/** That a section, or what is marked in it, waits for level 2; how to get there stands at the head of the profile. */
export function LevelLine({ isAll }: LevelLineProps) {
  const { source } = useTexts();
  return (
    <p className="level-line">
      <Icon name="level" /> {isAll ? source.levelAll : source.levelSome}
    </p>
  );
}

/** What a level 2 account opens, and how to get one. */
export function LevelMessage() {
  const { source } = useTexts();
  return (
    <div className="message level">
      <Icon name="level" />
      <div>
        <p className="message-title">{source.levelTitle}</p>
        <p>{source.levelBody}</p>
      </div>
    </div>
  );
}

/** A refusal that neither waiting nor a passcode mends. */
export function RefusedMessage({ failure }: { readonly failure: Failure }) {
  const { errors } = useTexts();
  return (
    <div className="message">
      <Icon name="none" />
      <p>{errors[failure.code]}</p>
    </div>
  );
}

interface NoneMessageProps {
  /** What is not on record, inside a sentence. */
  readonly what: string;
  /** The service that would hold it. */
  readonly service: keyof Texts['agencies'];
}

/** A register that answered and holds nothing: not the same as one that did not answer. */
export function NoneMessage({ what, service }: NoneMessageProps) {
  const { source, agencies } = useTexts();
  return (
    <div className="message none">
      <Icon name="none" />
      <div>
        <p className="message-title">{source.noneTitle(what)}</p>
        <p>{source.noneNext(agencies[service])}</p>
      </div>
    </div>
  );
}

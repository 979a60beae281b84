import { useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { partOf, readingOf } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Section } from '../components/section.tsx';
import { formatInstant } from '../format/dates.ts';
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  MySessionsDocument,
  type MySessionsQuery,
} from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type OwnSession = NonNullable<NonNullable<MySessionsQuery['me']>['sessions']>[number];

/** Where the account is signed in, each place with its way out, and one for all of them. */
export function SessionsSection() {
  const { sessions: texts } = useTexts();
  const asked = useAnswer(MySessionsDocument, {});
  const reading = readingOf(asked.answer ?? { data: null, failures: [], notices: [] }, ['me', 'sessions']);
  const part = partOf(asked.answer?.data?.me?.sessions, reading);
  const { end, endOthers, message, said, isBusy } = useEnding(asked.again);
  const list = part.state === 'there' ? part.value : [];
  const others = list.filter(({ isCurrent }) => isCurrent !== true);
  return (
    <Section id="sessions" title={texts.title} asked={asked} readings={[reading]} parts={[part]}>
      <p>{texts.intro}</p>
      <FormMessage text={message} />
      <ul className="places">
        {list.map((session) => (
          <SessionItem key={session.id} session={session} isBusy={isBusy} onEnd={() => void end(session)} />
        ))}
      </ul>
      <output className="said">{said}</output>
      {others.length > 0 && (
        <div className="action">
          <button type="button" className="button quiet" disabled={isBusy} onClick={() => void endOthers()}>
            {texts.endOthers(others.length)}
          </button>
          <span className="hint">{texts.endOthersNote}</span>
        </div>
      )}
    </Section>
  );
}

interface Ending {
  readonly end: (session: OwnSession) => Promise<void>;
  readonly endOthers: () => Promise<void>;
  readonly message: string | null;
  readonly said: string;
  readonly isBusy: boolean;
}

/** Ends sessions, says what came of it, and has the list read again. */
function useEnding(again: () => void): Ending {
  const { sessions: texts, errors } = useTexts();
  const client = useClient();
  const [message, setMessage] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);

  function close(failure: Failure | undefined, done: string): void {
    setBusy(false);
    // One that has ended by itself meanwhile is ended.
    const isDone = failure === undefined || failure.code === 'NOT_FOUND';
    setMessage(isDone ? null : errors[failure.code]);
    setSaid(isDone ? done : '');
    if (isDone) again();
  }
  async function end({ id, device }: OwnSession): Promise<void> {
    setBusy(true);
    const { failures } = answerOf(await client.mutation(EndSessionDocument, { id }));
    close(failures[0], texts.ended(device ?? texts.unnamed));
  }
  async function endOthers(): Promise<void> {
    setBusy(true);
    const { data, failures } = answerOf(await client.mutation(EndOtherSessionsDocument, {}));
    close(failures[0], texts.othersEnded(data?.endOtherSessions ?? 0));
  }
  return { end, endOthers, message, said, isBusy };
}

interface SessionItemProps {
  readonly session: OwnSession;
  readonly isBusy: boolean;
  readonly onEnd: () => void;
}

function SessionItem({ session, isBusy, onEnd }: SessionItemProps) {
  const { sessions: texts, language } = useTexts();
  const { isCurrent, sameNetwork, createdAt, lastUsedAt, expiresAt } = session;
  const device = session.device ?? texts.unnamed;
  const at = (instant: string | null, said: (at: string) => string): string | null =>
    instant === null ? null : said(formatInstant(instant, language));
  const facts = [
    at(lastUsedAt, texts.lastUsed),
    at(createdAt, texts.since),
    sameNetwork === null ? null : sameNetwork ? texts.sameNetwork : texts.otherNetwork,
    at(expiresAt, texts.until),
  ];
  return (
    <li>
      <div>
        <p className="name">
          {device} {isCurrent === true && <span className="badge good">{texts.current}</span>}
        </p>
        <p className="hint">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      {isCurrent !== true && (
        <button
          type="button"
          className="button quiet small"
          aria-label={texts.endOf(device)}
          disabled={isBusy}
          onClick={onEnd}
        >
          {texts.end}
        </button>
      )}
    </li>
  );
}

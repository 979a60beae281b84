import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { isMissing } from '../api/reading.ts';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { ClaimShareDocument } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { DecideForm } from '../sharing/decide-form.tsx';
import { failureWords } from '../sharing/failure-words.ts';
import { NumberStep } from '../sharing/number-step.tsx';
import { partyName } from '../sharing/party-facts.tsx';
import { isCode } from '../sharing/read-code.ts';
import type { ShareRequest } from '../sharing/share.ts';
import { TimeLeft } from '../sharing/time-left.tsx';
import { useRequest } from '../sharing/use-request.ts';
import type { Texts } from '../texts/texts.ts';
import { useTexts } from '../texts/use-texts.ts';

/** A request to share: taken by its code, then shown under its handle, which is no secret. */
export function Share({ id }: { readonly id: string }) {
  return id.includes('.') ? <Taking code={id} /> : <Taken handle={id} />;
}

/** Takes a request by its code. The code leaves the address: it is used up. */
function Taking({ code }: { readonly code: string }) {
  const { share } = useTexts();
  const client = useClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = useCallback(() => {
    if (!isCode(code)) return;
    void client.mutation(ClaimShareDocument, { code }).then((result) => {
      const { data, failures } = answerOf(result);
      const handle = data?.claimShare.handle;
      if (handle === undefined) return setFailure(failures[0] ?? null);
      window.location.replace(hrefOf({ screen: 'share', id: handle }));
    });
  }, [client, code]);
  useEffect(take, [take]);
  const again = (): void => {
    setFailure(null);
    take();
  };
  if (!isCode(code)) return <NoRequest failure={null} again={again} />;
  if (failure !== null) return <NoRequest failure={failure} again={again} />;
  return (
    <Screen title={share.title} narrow>
      <Progress label={share.opening} />
    </Screen>
  );
}

function Taken({ handle }: { readonly handle: string }) {
  const texts = useTexts();
  const { share } = texts;
  const { request, failure, asking, again, decided } = useRequest(handle);
  if (request === null) {
    if (!asking) return <NoRequest failure={failure} again={again} />;
    return (
      <Screen title={share.title} narrow>
        <Progress label={share.opening} />
      </Screen>
    );
  }
  const { state, decideUntil } = request;
  const name = partyName(request.party, texts.access.actors.RELYING_PARTY);
  switch (state) {
    case 'CLAIMED':
      return (
        <Screen key={state} title={share.titleOf(name)} windowTitle={share.title}>
          {decideUntil !== null && <TimeLeft until={decideUntil} onOver={again} />}
          <DecideForm request={request} onDecided={decided} onOutdated={again} />
        </Screen>
      );
    case 'APPROVED':
      return (
        <Screen key={state} title={share.number.title} narrow>
          <NumberStep request={request} onLook={again} />
        </Screen>
      );
    default:
      return <End key={state} end={state === 'WAITING' ? 'GONE' : state} consent={request.consent} />;
  }
}

interface EndProps {
  readonly end: keyof Texts['share']['ends'];
  readonly consent: ShareRequest['consent'];
}

const endSigns = {
  GRANTED: 'done',
  DECLINED: 'ended',
  EXPIRED: 'clock',
  CANCELLED: 'ended',
  GONE: 'none',
} as const;

/** How a request ended, and what one can do next. */
function End({ end, consent }: EndProps) {
  const { share } = useTexts();
  const { title, body } = share.ends[end];
  return (
    <Screen title={title} narrow>
      <div className={end === 'GRANTED' ? 'message granted' : 'message'}>
        <Icon name={endSigns[end]} />
        <div>
          <p>{body}</p>
          {end === 'DECLINED' && <p>{share.declinedAdvice}</p>}
        </div>
      </div>
      <div className="buttons">
        {end === 'GRANTED' && (
          <a
            className="button"
            href={hrefOf(consent === null ? { screen: 'consents' } : { screen: 'consent', id: consent.id })}
          >
            {share.seeConsent}
          </a>
        )}
        {end === 'DECLINED' && (
          <a className="button quiet" href={hrefOf({ screen: 'history' })}>
            {share.toHistory}
          </a>
        )}
        {end !== 'GRANTED' && end !== 'DECLINED' && (
          <a className="button" href={hrefOf({ screen: 'scan' })}>
            {share.scanAgain}
          </a>
        )}
      </div>
    </Screen>
  );
}

/** Why there is nothing to decide: a code that is old, used or wrong, a level that is missing, a source that is away. */
function NoRequest({ failure, again }: { readonly failure: Failure | null; readonly again: () => void }) {
  const texts = useTexts();
  if (failure === null || failure.code === 'NOT_FOUND') return <End end="GONE" consent={null} />;
  return (
    <Screen title={texts.share.title} narrow>
      {isMissing(failure) ? (
        <MissingMessage failure={failure} words={failureWords(failure, texts)} asking={false} again={again} />
      ) : (
        <div className="message level">
          <Icon name={failure.code === 'LEVEL_REQUIRED' ? 'level' : 'missing'} />
          <p>{failureWords(failure, texts)}</p>
        </div>
      )}
      <div className="buttons">
        <a className="button quiet" href={hrefOf({ screen: 'scan' })}>
          {texts.share.scanAgain}
        </a>
      </div>
    </Screen>
  );
}

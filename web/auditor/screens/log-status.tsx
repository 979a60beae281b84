import { useEffect, useState } from 'react';
import { keep, recall } from '../../api/browser.ts';
import { Fact } from '../../components/fact.tsx';
import { Icon } from '../../components/icon.tsx';
import { Screen } from '../../components/screen.tsx';
import { formatInstant } from '../../format/dates.ts';
import { AuditLogStatusDocument, type AuditLogStatusQuery } from '../../generated/audit-operations.ts';
import { useKept } from '../audit/memory.tsx';
import { exportCommand, logCommand } from '../audit/verify-command.ts';
import { CodeBlock } from '../components/code-block.tsx';
import { HeldMark } from '../components/held-mark.tsx';
import { KeptState } from '../components/kept-state.tsx';
import { formatCount } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { useCheckpointSignature } from './use-checkpoint-signature.ts';

type Status = NonNullable<AuditLogStatusQuery['accessLogStatus']>;
type Witness = NonNullable<Status['witnesses']>[number];

/** How the log stands, who vouches for it, and how to check it oneself. */
export function LogStatus() {
  const { log, frame, language } = useConsoleTexts();
  const kept = useKept(AuditLogStatusDocument, {});
  const status = kept.answer?.data?.accessLogStatus ?? null;
  return (
    <Screen title={log.title}>
      <p className="lead">{log.intro}</p>
      {kept.at !== null && (
        <p className="read-line">
          <span>
            {frame.readAt(formatInstant(kept.at.toISOString(), language))}{' '}
            <button type="button" className="link" disabled={kept.asking} onClick={kept.again}>
              {kept.asking ? frame.asking : frame.readAgain}
            </button>
          </span>
        </p>
      )}
      <div className="sections" aria-busy={kept.asking}>
        <KeptState kept={kept} has={status !== null}>
          {status !== null && (
            <>
              <Standing status={status} />
              <Witnesses witnesses={status.witnesses ?? []} />
              <Keys status={status} />
            </>
          )}
        </KeptState>
      </div>
    </Screen>
  );
}

function Standing({ status }: { readonly status: Status }) {
  const { log, language } = useConsoleTexts();
  const signature = useCheckpointSignature(status.checkpoint, status.logKey);
  const { keyChanged, shrunkFrom } = useLastSeen(status);
  const { origin, size, checkpointSize, checkpoint } = status;
  const waiting = Math.max(0, (size ?? 0) - (checkpointSize ?? 0));
  const count = (number: number | null): string | null =>
    number === null ? null : formatCount(number, language);
  return (
    <section className="section">
      <h2>{log.now}</h2>
      {keyChanged && <p className="form-message">{log.keyChanged}</p>}
      {shrunkFrom !== null && <p className="form-message">{log.shrunk(formatCount(shrunkFrom, language))}</p>}
      <dl className="tiles">
        <div className="tile plain">
          <dt>{log.size}</dt>
          <dd className="tile-value">{count(size)}</dd>
          <dd className="tile-note">
            {waiting === 0 ? log.allSigned : log.waiting(formatCount(waiting, language))}
          </dd>
        </div>
        <div className="tile plain">
          <dt>{log.signedSize}</dt>
          <dd className="tile-value">{count(checkpointSize)}</dd>
        </div>
      </dl>
      <dl className="facts columns">
        <Fact term={log.origin} value={origin} />
        <Fact
          term={log.signature}
          value={
            signature === 'held' ? (
              <span className="verdict-line good">
                <HeldMark /> {log.signatureHeld}
              </span>
            ) : signature === 'unsupported' ? (
              log.signatureUnsupported
            ) : signature === null ? null : (
              <span className="verdict-line bad">
                <Icon name="missing" /> {log.signatureBroken}
              </span>
            )
          }
        />
      </dl>
      {checkpoint === null ? (
        <p>{log.noCheckpoint}</p>
      ) : (
        <CodeBlock title={log.checkpoint} text={checkpoint} />
      )}
    </section>
  );
}

const seenKey = 'log-seen';

/** Holds the log against what this browser saw of it last: neither its key nor its growth may turn back. */
function useLastSeen({ origin, size, logKey }: Status): {
  readonly keyChanged: boolean;
  readonly shrunkFrom: number | null;
} {
  const [before] = useState(() => {
    const [seenOrigin = '', seenSize = '', seenKeyText = ''] = (recall(seenKey) ?? '').split('\n');
    return { origin: seenOrigin, size: Number(seenSize), key: seenKeyText };
  });
  const isSame = before.origin !== '' && before.origin === origin;
  const keyChanged = isSame && before.key !== logKey;
  const shrunkFrom = isSame && size !== null && size < before.size ? before.size : null;
  useEffect(() => {
    // What was seen before is kept where something is wrong: the warning must not go away by itself.
    if (origin !== null && size !== null && logKey !== null && !keyChanged && shrunkFrom === null)
      keep(seenKey, `${origin}\n${size}\n${logKey}`);
  }, [origin, size, logKey, keyChanged, shrunkFrom]);
  return { keyChanged, shrunkFrom };
}

function Witnesses({ witnesses }: { readonly witnesses: readonly Witness[] }) {
  const { log, language } = useConsoleTexts();
  return (
    <section className="section">
      <h2>{log.witnesses}</h2>
      <p>{log.witnessIntro}</p>
      {witnesses.length === 0 && <p>{log.noWitness}</p>}
      <ul className="witnesses">
        {witnesses.map(({ key, size, cosignedAt, reachable }) => (
          <li key={key ?? ''} className={reachable === true ? 'witness good' : 'witness bad'}>
            <span className={reachable === true ? 'badge good' : 'badge bad'}>
              {reachable === true ? <HeldMark /> : <Icon name="missing" />}{' '}
              {reachable === true ? log.reachable : log.unreachable}
            </span>
            <strong>{key?.split('+')[0]}</strong>
            <span>
              {cosignedAt === null || size === null
                ? log.never
                : log.cosigned(formatCount(size, language), formatInstant(cosignedAt, language))}
            </span>
            {reachable !== true && <span className="hint">{log.away}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Keys({ status }: { readonly status: Status }) {
  const { log } = useConsoleTexts();
  const { logKey } = status;
  const witnessKeys = (status.witnesses ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
  if (logKey === null) return null;
  return (
    <>
      <section className="section">
        <h2>{log.keys}</h2>
        <p>{log.keysIntro}</p>
        <CodeBlock title={log.logKey} text={logKey} />
        {witnessKeys.map((key) => (
          <CodeBlock key={key} title={log.witnessKey(key.split('+')[0] ?? '')} text={key} />
        ))}
      </section>
      <section className="section">
        <h2>{log.command}</h2>
        <p>{log.commandIntro}</p>
        <CodeBlock
          title={log.command}
          text={logCommand({ site: window.location.origin, logKeys: [logKey], witnessKeys })}
        />
        <CodeBlock
          title={log.exportCommand}
          text={exportCommand('access-log.jsonl', { logKeys: [logKey], witnessKeys })}
        />
      </section>
    </>
  );
}

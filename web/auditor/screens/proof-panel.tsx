import { useEffect, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { Progress } from '../../components/progress.tsx';
import { formatInstant } from '../../format/dates.ts';
import { AuditLogStatusDocument } from '../../generated/audit-operations.ts';
import { type EntryVerdict, verifyEntry } from '../../proof/verify-entry.ts';
import { useKept } from '../audit/memory.tsx';
import { HeldMark } from '../components/held-mark.tsx';
import { KeptState } from '../components/kept-state.tsx';
import { formatCount, shortId } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface ProofPanelProps {
  readonly entry: string;
  /** Null while no checkpoint covers the entry. */
  readonly proof: string | null;
  readonly origin: string;
  readonly index: number;
  readonly asking: boolean;
  readonly again: () => void;
}

/** The proof of an entry, computed in this browser; nothing is called proved that was only said by the server. */
export function ProofPanel(props: ProofPanelProps) {
  const { proof: texts } = useConsoleTexts();
  const kept = useKept(AuditLogStatusDocument, {});
  const status = kept.answer?.data?.accessLogStatus ?? null;
  return (
    <section className="section proof-panel" aria-labelledby="entry-proof">
      <h2 id="entry-proof">{texts.title}</h2>
      <KeptState kept={kept} has={status?.logKey != null}>
        {props.proof === null && <NotYet {...props} />}
        {props.proof !== null && status?.logKey != null && (
          <Computed
            {...props}
            proof={props.proof}
            logKey={status.logKey}
            witnessKeys={(status.witnesses ?? []).flatMap(({ key }) => (key === null ? [] : [key]))}
          />
        )}
      </KeptState>
    </section>
  );
}

function NotYet({ asking, again }: ProofPanelProps) {
  const { proof: texts } = useConsoleTexts();
  return (
    <div className="verdict waiting" aria-live="polite">
      <p className="verdict-title">
        <Icon name="none" /> {texts.notYet}
      </p>
      <p>{texts.notYetNext}</p>
      <button type="button" className="button small" disabled={asking} onClick={again}>
        {texts.again}
      </button>
    </div>
  );
}

interface ComputedProps extends ProofPanelProps {
  readonly proof: string;
  readonly logKey: string;
  readonly witnessKeys: readonly string[];
}

function Computed({ entry, proof, origin, index, logKey, witnessKeys }: ComputedProps) {
  const { proof: texts } = useConsoleTexts();
  const [verdict, setVerdict] = useState<EntryVerdict | null>(null);
  const keys = witnessKeys.join('\n');
  useEffect(() => {
    let isLeft = false;
    // Browsers compute nothing on pages that came over an open network.
    if (!window.isSecureContext) return;
    const evidence = { entry, proof, origin, index, leafHash: null, logKey };
    void verifyEntry({ ...evidence, witnessKeys: keys === '' ? [] : keys.split('\n') }).then((found) => {
      if (!isLeft) setVerdict(found);
    });
    return () => {
      isLeft = true;
    };
  }, [entry, proof, origin, index, logKey, keys]);
  if (!window.isSecureContext) {
    return (
      <div className="verdict waiting">
        <p className="verdict-title">{texts.unable}</p>
        <p>{texts.unableNext}</p>
      </div>
    );
  }
  return verdict === null ? <Progress label={texts.computing} /> : <Verdict verdict={verdict} />;
}

const looks = { proved: 'good', unsigned: 'waiting', broken: 'bad' } as const;

function Verdict({ verdict }: { readonly verdict: EntryVerdict }) {
  const { proof: texts } = useConsoleTexts();
  const { state, fault } = verdict;
  return (
    <>
      <div className={`verdict ${looks[state]}`} aria-live="polite">
        <p className="verdict-title">
          {state === 'proved' ? <HeldMark /> : <Icon name="missing" />} {texts[state]}
        </p>
        {fault !== null && <p>{texts.faults[fault]}</p>}
        <p>{texts[`${state}Next`]}</p>
      </div>
      {state !== 'broken' && <Steps verdict={verdict} />}
      <p className="hint">{texts.keyNote}</p>
    </>
  );
}

function Steps({ verdict }: { readonly verdict: EntryVerdict }) {
  const { proof: texts, language } = useConsoleTexts();
  const { checkpoint, leafHash, steps, state, witnesses } = verdict;
  if (checkpoint === null) return null;
  const { origin, size } = checkpoint;
  const isSigned = state === 'proved';
  return (
    <ol className="proof-steps">
      <Step holds text={texts.stepBytes(shortId(leafHash))} />
      <Step holds text={texts.stepPath(steps, formatCount(size, language))} />
      <Step holds={isSigned} text={isSigned ? texts.stepLog(origin) : texts.logUnsupported(origin)} />
      {witnesses.map(({ name, signature }) => (
        <Step
          key={name}
          holds={signature.state === 'held'}
          text={
            signature.state === 'held'
              ? texts.stepWitness(
                  name,
                  signature.at === null ? '' : formatInstant(signature.at.toISOString(), language),
                )
              : signature.state === 'absent'
                ? texts.witnessAbsent(name)
                : texts.witnessUnsupported(name)
          }
        />
      ))}
    </ol>
  );
}

function Step({ holds, text }: { readonly holds: boolean; readonly text: string }) {
  const { proof: texts } = useConsoleTexts();
  return (
    <li className={holds ? 'good' : 'open'}>
      {holds ? <HeldMark /> : <Icon name="none" />}
      <span>
        {text}
        <span className="heard">: {holds ? texts.held : texts.unknown}</span>
      </span>
    </li>
  );
}

import { useEffect, useId, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Icon } from '../../components/icon.tsx';
import { AuditLogStatusDocument, type ExportFormat } from '../../generated/audit-operations.ts';
import { logKeysFor } from '../../proof/read-proof.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useKept } from '../audit/memory.tsx';
import { type ExportEnd, fetchExport, fileName, saveFile } from '../audit/save-export.ts';
import { filterVariable, type Search } from '../audit/search-filter.ts';
import { exportCommand } from '../audit/verify-command.ts';
import { CodeBlock } from '../components/code-block.tsx';
import { formatCount } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface ExportPanelProps {
  readonly search: Search;
  /** How many entries match in all; null where only the server knows. */
  readonly known: number | null;
}

/** How far an export is. */
type Progressing =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly count: number }
  | {
      readonly state: 'saved';
      readonly count: number;
      readonly file: string;
      readonly origins: readonly string[];
    }
  | Exclude<ExportEnd, { readonly state: 'saved' }>;

const formats = ['JSON_LINES', 'CSV'] as const;

/** Takes all that matches away as a file, and says how to verify it without this server. */
export function ExportPanel({ search, known }: ExportPanelProps) {
  const { search: texts, language } = useConsoleTexts();
  const [format, setFormat] = useState<ExportFormat>('JSON_LINES');
  const { progress, start, cancel } = useExport(search);
  const id = useId();
  const count = (number: number): string => formatCount(number, language);
  return (
    <section className="export-panel" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{texts.save}</h3>
      <p>{texts.saveIntro}</p>
      <fieldset>
        <legend>{texts.format}</legend>
        {formats.map((one) => (
          <label className="tick" key={one}>
            <input
              type="radio"
              name={`${id}-format`}
              checked={one === format}
              onChange={() => setFormat(one)}
            />
            <span>{texts.formats[one]}</span>
          </label>
        ))}
      </fieldset>
      {progress.state === 'running' ? (
        <div className="progress">
          <label htmlFor={`${id}-progress`}>
            {known === null
              ? texts.savedSoFar(count(progress.count))
              : texts.savedOf(count(progress.count), count(known))}
          </label>
          <progress
            id={`${id}-progress`}
            {...(known === null ? {} : { value: progress.count, max: known })}
          />
          <button type="button" className="button quiet small" onClick={cancel}>
            {texts.cancel}
          </button>
        </div>
      ) : (
        <button type="button" className="button" onClick={() => start(format)}>
          {texts.saveStart}
        </button>
      )}
      <ExportEnding progress={progress} />
      {progress.state === 'saved' && progress.origins.length > 0 && (
        <VerifyNext file={progress.file} origins={progress.origins} />
      )}
    </section>
  );
}

function ExportEnding({ progress }: { readonly progress: Progressing }) {
  const { search: texts, language } = useConsoleTexts();
  const { errors } = useTexts();
  return (
    <div aria-live="polite" className="export-end">
      {progress.state === 'saved' && (
        <p>{texts.saved(formatCount(progress.count, language), progress.file)}</p>
      )}
      {progress.state === 'cancelled' && <p>{texts.cancelled}</p>}
      {progress.state === 'failed' && (
        <p className="form-message">
          <Icon name="missing" /> {texts.saveFailed}{' '}
          {progress.failure !== null && errors[progress.failure.code]}
        </p>
      )}
    </div>
  );
}

function useExport(search: Search): {
  readonly progress: Progressing;
  readonly start: (format: ExportFormat) => void;
  readonly cancel: () => void;
} {
  const client = useClient();
  const [progress, setProgress] = useState<Progressing>({ state: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  function start(format: ExportFormat): void {
    const abort = new AbortController();
    running.current = abort;
    setProgress({ state: 'running', count: 0 });
    void fetchExport({
      client,
      filter: filterVariable(search),
      format,
      onProgress: (count) => setProgress({ state: 'running', count }),
      signal: abort.signal,
    }).then((end) => {
      if (end.state !== 'saved') return setProgress(end);
      const file = fileName(format, new Date());
      saveFile(file, end.text);
      setProgress({ state: 'saved', count: end.count, file, origins: end.origins });
    });
  }
  return { progress, start, cancel: () => running.current?.abort() };
}

interface VerifyNextProps {
  readonly file: string;
  /** The logs that its lines are of. */
  readonly origins: readonly string[];
}

function VerifyNext({ file, origins }: VerifyNextProps) {
  const { search: texts } = useConsoleTexts();
  const kept = useKept(AuditLogStatusDocument, {});
  const [logKeys, setLogKeys] = useState<readonly string[]>([]);
  const status = kept.answer?.data?.accessLogStatus;
  const logKey = status?.logKey ?? null;
  useEffect(() => {
    let isLeft = false;
    if (logKey !== null)
      void logKeysFor(origins, logKey).then((keys) => {
        if (!isLeft) setLogKeys(keys);
      });
    return () => {
      isLeft = true;
    };
  }, [origins, logKey]);
  if (logKeys.length === 0) return null;
  const witnessKeys = (status?.witnesses ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
  return (
    <>
      <p>{texts.verifyNext}</p>
      <CodeBlock title="dinhdanh-verify" text={exportCommand(file, { logKeys, witnessKeys })} />
    </>
  );
}

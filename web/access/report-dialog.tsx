import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Dialog } from '../components/dialog.tsx';
import { Fact } from '../components/fact.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import { formatDate, formatInstant } from '../format/dates.ts';
import { type AccessReportReason, ReportAccessDocument } from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { AccessEntry, AccessReport } from './entry.ts';
import { actorLine } from './entry-words.ts';

/** What can be wrong with a reading by somebody else, and with one that is told as one's own. */
const reasonsOf = {
  others: ['UNKNOWN_READER', 'NO_CONSENT', 'TOO_MUCH'],
  mine: ['NOT_ME'],
} as const satisfies Readonly<Record<string, readonly AccessReportReason[]>>;

interface ReportDialogProps {
  readonly entry: AccessEntry;
  readonly onReported: (report: AccessReport) => void;
  readonly onClose: () => void;
}

/** Says that something is wrong with a reading: what, what will happen, and by when one is answered. */
export function ReportDialog({ entry, onReported, onClose }: ReportDialogProps) {
  const texts = useTexts();
  const { accessReport, language } = texts;
  const [report, setReport] = useState<AccessReport | null>(null);
  return (
    <Dialog title={report === null ? accessReport.title : accessReport.doneTitle} onClose={onClose}>
      <p className="hint">
        {accessReport.about(actorLine(entry, texts), formatInstant(entry.time, language))}
      </p>
      {report === null ? (
        <ReportForm
          entry={entry}
          onReported={(made) => {
            setReport(made);
            onReported(made);
          }}
          onClose={onClose}
        />
      ) : (
        <Received report={report} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ReportForm({ entry: { origin, index, mine }, onReported, onClose }: ReportDialogProps) {
  const { accessReport, frame, errors } = useTexts();
  const reasons = mine ? reasonsOf.mine : reasonsOf.others;
  const [reason, setReason] = useState<AccessReportReason | null>(reasons.length === 1 ? reasons[0] : null);
  const [message, setMessage] = useState<string | null>(null);
  const [result, send] = useMutation(ReportAccessDocument);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (reason === null) return setMessage(accessReport.choose);
    const { data, failures } = answerOf(await send({ input: { origin, index, reason } }));
    const made = data?.reportAccess ?? null;
    if (made === null) setMessage(errors[failures[0]?.code ?? 'NOT_FOUND']);
    else onReported(made);
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <FormMessage text={message} />
      <fieldset>
        <legend>{accessReport.reason}</legend>
        {reasons.map((one) => (
          <label className="tick" key={one}>
            <input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />
            <span>{accessReport.reasons[one]}</span>
          </label>
        ))}
      </fieldset>
      <h3>{accessReport.nextTitle}</h3>
      <ol className="steps">
        {accessReport.next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {mine && <LockHint onClose={onClose} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={result.fetching}>
          {result.fetching ? accessReport.busy : accessReport.submit}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.cancel}
        </button>
      </div>
      {result.fetching && <Progress label={accessReport.busy} />}
    </form>
  );
}

/** Where it says that it was oneself, somebody may be using the account this very moment. */
function LockHint({ onClose }: { readonly onClose: () => void }) {
  const { accessReport } = useTexts();
  return (
    <p>
      {accessReport.lock}{' '}
      <a href={hrefOf({ screen: 'account' })} onClick={onClose}>
        {accessReport.lockLink}
      </a>
    </p>
  );
}

function Received({
  report: { id, dueOn },
  onClose,
}: {
  readonly report: AccessReport;
  readonly onClose: () => void;
}) {
  const { accessReport, frame, language } = useTexts();
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => said.current?.focus(), []);
  return (
    <>
      <p ref={said} tabIndex={-1}>
        {dueOn === null ? accessReport.doneSoon : accessReport.done(formatDate(dueOn, language))}
      </p>
      {id !== null && (
        <>
          <dl className="facts">
            <Fact term={accessReport.id} value={<strong>{id}</strong>} />
          </dl>
          <p className="hint">{accessReport.keep}</p>
        </>
      )}
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          {frame.close}
        </button>
      </div>
    </>
  );
}

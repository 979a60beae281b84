import { type FormEvent, useCallback, useEffect, useId, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { isMissing } from '../api/reading.ts';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { formatInstant } from '../format/dates.ts';
import { MyPasskeysDocument, RemovePasskeyDocument } from '../generated/operations.ts';
import { usePasscode } from '../session/passcode.tsx';
import { canUsePasskeys, enrolPasskey, type Passkey } from '../session/passkey.ts';
import { useTexts } from '../texts/use-texts.ts';

interface OwnPasskeys {
  /** Null before they are known. */
  readonly list: readonly Passkey[] | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
  readonly again: () => void;
  readonly change: (list: readonly Passkey[]) => void;
}

/** The passkeys of the account: which there are, a new one, and one that goes. */
export function PasskeysSection() {
  const { passkeys: texts, frame } = useTexts();
  const { list, failure, asking, again, change } = useOwnPasskeys();
  const [said, setSaid] = useState('');
  return (
    <section className="section" aria-labelledby="passkeys-heading">
      <h2 id="passkeys-heading" tabIndex={-1}>
        {texts.title}
      </h2>
      <p>{texts.intro}</p>
      {asking && list === null && <Progress label={frame.asking} />}
      {failure !== null &&
        (isMissing(failure) ? (
          <MissingMessage failure={failure} asking={asking} again={again} />
        ) : (
          <RefusedMessage failure={failure} />
        ))}
      {list?.length === 0 && <p className="nothing">{texts.none}</p>}
      {list !== null && list.length > 0 && (
        <ul className="places">
          {list.map((passkey) => (
            <PasskeyItem
              key={passkey.id}
              passkey={passkey}
              onRemoved={() => {
                change(list.filter(({ id }) => id !== passkey.id));
                setSaid(texts.removed);
              }}
            />
          ))}
        </ul>
      )}
      <output className="said">{said}</output>
      {!canUsePasskeys() && <p className="message">{texts.unsupported}</p>}
      {canUsePasskeys() && list !== null && (
        <EnrolForm
          onEnrolled={(passkey) => {
            change([passkey, ...list]);
            setSaid(texts.added(passkey.name ?? texts.unnamed));
          }}
        />
      )}
    </section>
  );
}

function useOwnPasskeys(): OwnPasskeys {
  const client = useClient();
  const { passkeysKnown } = usePasscode();
  const [list, setList] = useState<readonly Passkey[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(true);
  const change = useCallback(
    (next: readonly Passkey[]) => {
      setList(next);
      passkeysKnown(next.length > 0);
    },
    [passkeysKnown],
  );
  const load = useCallback(() => {
    void client.query(MyPasskeysDocument, {}, { requestPolicy: 'network-only' }).then((result) => {
      const { data, failures } = answerOf(result);
      const found = data?.me?.passkeys ?? null;
      if (found !== null) change(found);
      setFailure(found === null ? (failures[0] ?? null) : null);
      setAsking(false);
    });
  }, [client, change]);
  useEffect(load, [load]);
  const again = (): void => {
    setAsking(true);
    load();
  };
  return { list, failure, asking, again, change };
}

interface PasskeyItemProps {
  readonly passkey: Passkey;
  readonly onRemoved: () => void;
}

function PasskeyItem({ passkey, onRemoved }: PasskeyItemProps) {
  const { passkeys: texts, language } = useTexts();
  const [isRemoving, setRemoving] = useState(false);
  const { createdAt, lastUsedAt, backedUp } = passkey;
  const name = passkey.name ?? texts.unnamed;
  const facts = [
    createdAt === null ? null : texts.createdAt(formatInstant(createdAt, language)),
    lastUsedAt === null ? texts.neverUsed : texts.lastUsed(formatInstant(lastUsedAt, language)),
    backedUp === true ? texts.backedUp : texts.notBackedUp,
  ];
  return (
    <li>
      <div>
        <p className="name">
          <Icon name="key" /> {name}
        </p>
        <p className="hint">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      <button
        type="button"
        className="button quiet small"
        aria-label={texts.removeOf(name)}
        onClick={() => setRemoving(true)}
      >
        {texts.remove}
      </button>
      {isRemoving && (
        <RemoveDialog id={passkey.id} name={name} onClose={() => setRemoving(false)} onRemoved={onRemoved} />
      )}
    </li>
  );
}

interface RemoveDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function RemoveDialog({ id, name, onClose, onRemoved }: RemoveDialogProps) {
  const { passkeys: texts, frame, errors } = useTexts();
  const client = useClient();
  const { confirm } = usePasscode();
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function remove(): Promise<void> {
    setBusy(true);
    const send = async (): Promise<Failure | undefined> =>
      answerOf(await client.mutation(RemovePasskeyDocument, { id })).failures[0];
    let failure = await send();
    const words = { title: texts.removeTitle, intro: texts.removeConfirm, submit: texts.removeYes };
    if (failure?.code === 'PASSCODE_REQUIRED' && (await confirm(words))) failure = await send();
    setBusy(false);
    if (failure !== undefined) return setMessage(errors[failure.code]);
    onClose();
    onRemoved();
  }
  return (
    <Dialog title={texts.removeTitle} onClose={onClose}>
      <p>{texts.removeBody(name)}</p>
      <FormMessage text={message} />
      <div className="buttons">
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void remove()}>
          {texts.removeYes}
        </button>
      </div>
    </Dialog>
  );
}

/** A name, a passcode, and then the device asks. */
function EnrolForm({ onEnrolled }: { readonly onEnrolled: (passkey: Passkey) => void }) {
  const { passkeys: texts, errors } = useTexts();
  const client = useClient();
  const { confirm } = usePasscode();
  const id = useId();
  const [name, setName] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const chosen = name.trim();
    if (chosen === '' || chosen.length > 40) return setMessage(texts.nameForm);
    setMessage(null);
    const words = { title: texts.confirmTitle, intro: texts.confirmIntro, submit: texts.add };
    if (!(await confirm(words))) return;
    setBusy(true);
    const { value, fault, failure } = await enrolPasskey(client, chosen);
    setBusy(false);
    if (value !== null) {
      setName('');
      onEnrolled(value);
    } else if (fault !== null) setMessage(texts.failures[fault]);
    else setMessage(wordsOf(failure));
  }

  function wordsOf({ code, reason }: Failure): string {
    if (reason === 'PASSKEY_LIMIT') return texts.failures.TOO_MANY;
    return code === 'BAD_USER_INPUT' ? texts.failures.REFUSED : errors[code];
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <FormMessage text={message} />
      <div className="field">
        <label htmlFor={id}>{texts.name}</label>
        <p className="hint" id={`${id}-hint`}>
          {texts.nameHint}
        </p>
        <input
          id={id}
          type="text"
          autoComplete="off"
          maxLength={40}
          value={name}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="buttons">
        <button type="submit" className="button quiet" disabled={isBusy}>
          <Icon name="key" /> {isBusy ? texts.busy : texts.add}
        </button>
      </div>
    </form>
  );
}

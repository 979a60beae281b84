import type { LockReason } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Each cause for which an account is locked: who gave it, how long it holds, and what ends it. */
export function LockCauses({ reasons }: { readonly reasons: readonly LockReason[] }) {
  const { locks: texts, words } = useTexts();
  return (
    <ul className="lock-causes">
      {reasons.map((reason) => {
        const { who, until, next } = texts.causes[reason];
        return (
          <li key={reason}>
            <h3>{words.lockReason[reason]}</h3>
            <p>
              <strong>{texts.who}:</strong> {who}
            </p>
            <p>
              <strong>{texts.until}:</strong> {until}
            </p>
            <p>
              <strong>{texts.next}:</strong> {next}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

import { useTexts } from '../texts/use-texts.ts';
import { fieldWord } from './field-word.ts';
import type { Reason } from './own-registration.ts';

/** Why something was refused, how to mend it, and who corrects what is wrong in the database. */
export function ReasonList({ reasons }: { readonly reasons: readonly Reason[] }) {
  const texts = useTexts();
  const { registration, agencies, language } = texts;
  const { standing } = registration;
  if (reasons.length === 0) return null;
  const names: Readonly<Record<string, string>> = agencies;
  return (
    <div role="alert">
      <ul className="reasons">
        {reasons.map(({ code, field, text, howToMend, agency }) => (
          <li key={`${code} ${field}`} className="message level">
            <div>
              <p className="message-title">
                {[fieldWord(field, texts), text?.[language] ?? code].filter(Boolean).join(': ')}
              </p>
              {howToMend?.[language] != null && (
                <p>
                  <strong>{standing.howToMend}:</strong> {howToMend[language]}
                </p>
              )}
              {agency !== null && <p>{standing.wrongInDatabase(names[agency] ?? agency)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

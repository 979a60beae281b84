import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** How the password, the device and the phone number are changed: where each begins, and how long it takes. */
export function ChangesSection() {
  const { ownChanges: texts } = useTexts();
  const ways = [
    [texts.phone, hrefOf({ screen: 'phone' })],
    [texts.password, hrefOf({ screen: 'restore', id: 'password' })],
    [texts.device, hrefOf({ screen: 'restore', id: 'device' })],
  ] as const;
  return (
    <section className="section" aria-labelledby="changes-heading">
      <h2 id="changes-heading">{texts.title}</h2>
      <ul className="places">
        {ways.map(([{ title, note, go }, href]) => (
          <li key={href}>
            <div>
              <p className="name">{title}</p>
              <p className="hint">{note}</p>
            </div>
            <a className="button quiet small" href={href}>
              {go}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

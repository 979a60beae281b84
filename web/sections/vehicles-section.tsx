import { useState } from 'react';
import { documentPart, partOf } from '../api/reading.ts';
import type { PersonView } from '../api/use-person.ts';
import { Mismatch } from '../components/mismatch.tsx';
import { Plate } from '../components/plate.tsx';
import { NoneMessage } from '../components/section-messages.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { Vehicle } from '../documents/vehicle.tsx';
import { formatDate } from '../format/dates.ts';
import type { VehiclesSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

/** More than these are shown when asked for: a hauler's hundred lorries would bury the rest. */
const shownAtFirst = 6;

/** Vehicles with their plates, and plates kept without one. */
export function VehiclesSection({ view }: { readonly view: PersonView<VehiclesSectionFragment> }) {
  const { profile, vehicles: texts } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const { person, answer } = view;
  const reading = view.reading.at('vehicles');
  const atRetained = view.reading.at('retainedPlates');
  const vehicles = documentPart(person?.vehicles, reading, 'plate');
  const retained = partOf(person?.retainedPlates, atRetained);
  const all = vehicles.state === 'there' ? vehicles.value : [];
  const shown = showsAll ? all : all.slice(0, shownAtFirst);
  return (
    <Section
      id="vehicles"
      title={profile.vehicles}
      asked={view}
      readings={[reading, atRetained]}
      parts={[vehicles, retained]}
    >
      {vehicles.state === 'none' && <NoneMessage what={texts.what} service="vehicles" />}
      {person !== null && (
        <Mismatch notices={answer?.notices ?? []} service="vehicles" person={person} holders={all} />
      )}
      {all.length > 0 && <p className="count">{texts.count(all.length)}</p>}
      <div className="documents">
        {shown.map((vehicle, position) => (
          <Vehicle key={vehicle.plate ?? position} vehicle={vehicle} reading={reading.at(position)} />
        ))}
      </div>
      {shown.length < all.length && (
        <button type="button" className="button quiet" onClick={() => setShowsAll(true)}>
          {texts.showAll(all.length)}
        </button>
      )}
      {retained.state === 'there' && <RetainedPlates plates={retained.value} />}
      <SourceLine source={all[0]?.source ?? person?.retainedPlates?.[0]?.source} />
    </Section>
  );
}

interface RetainedPlatesProps {
  readonly plates: NonNullable<VehiclesSectionFragment['retainedPlates']>;
}

function RetainedPlates({ plates }: RetainedPlatesProps) {
  const { vehicles: texts, words, language } = useTexts();
  return (
    <>
      <h3>{texts.retained}</h3>
      <ul className="plates">
        {plates.map(({ plate, kind, colour, retainedUntil }) => (
          <li key={plate}>
            {plate !== null && <Plate plate={plate} colour={colour} isMotorcycle={false} />}
            {kind !== null && <span className="hint">{words.plateKind[kind]}</span>}
            {retainedUntil !== null && (
              <span className="hint">{texts.retainedUntil(formatDate(retainedUntil, language))}</span>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{texts.retainedNote}</p>
    </>
  );
}

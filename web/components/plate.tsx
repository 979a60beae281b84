import { plateFace } from '../format/plate.ts';
import type { PlateColour } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

interface PlateProps {
  readonly plate: string;
  readonly colour: PlateColour | null;
  readonly isMotorcycle: boolean;
}

/** A plate drawn like the plate: in its colour, on one line or two; heard as one number. */
export function Plate({ plate, colour, isMotorcycle }: PlateProps) {
  const { vehicles, words } = useTexts();
  const { series, number, lines } = plateFace(plate, isMotorcycle);
  const shade = colour ?? 'WHITE';
  return (
    <>
      <span className={`plate ${shade.toLowerCase()} ${lines === 2 ? 'two' : 'one'}`} aria-hidden="true">
        <span>{series}</span>
        {lines === 1 && number !== '' && <span>-</span>}
        <span>{number}</span>
      </span>
      <span className="heard">{vehicles.plateLabel(plate, words.plateColour[shade])}</span>
    </>
  );
}

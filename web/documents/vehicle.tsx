import type { Reading } from '../api/reading.ts';
import { DocumentFrame, type Standing } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { Plate } from '../components/plate.tsx';
import { formatDate } from '../format/dates.ts';
import type { VehicleFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDateStanding } from './date-standing.ts';

interface VehicleProps {
  readonly vehicle: VehicleFieldsFragment;
  readonly reading: Reading;
}

/** The registration of a vehicle with the plate on it. */
export function Vehicle({ vehicle, reading }: VehicleProps) {
  const { vehicles, words, language } = useTexts();
  const { plate, plateRecord, vehicleType, brand, model, colour } = vehicle;
  const isMotorcycle = vehicleType === 'MOTORCYCLE' || vehicleType === 'MOPED';
  return (
    <DocumentFrame
      look="vehicle"
      kicker={vehicles.title}
      heading={[brand, model].filter(Boolean).join(' ') || vehicles.title}
      standing={useInspectionStanding(vehicle)}
      source={vehicle.source}
    >
      <div className="with-plate">
        {plate === null ? (
          <dl className="facts">
            <Fact term={vehicles.plate} value={null} withheld={reading.withheld('plate')} />
          </dl>
        ) : (
          <p className="plate-holder">
            <Plate plate={plate} colour={plateRecord?.colour ?? null} isMotorcycle={isMotorcycle} />
            {plateRecord?.kind != null && <span className="hint">{words.plateKind[plateRecord.kind]}</span>}
            {plateRecord?.attachedFrom != null && (
              <span className="hint">
                {vehicles.plateSince(formatDate(plateRecord.attachedFrom, language))}
              </span>
            )}
          </p>
        )}
        <dl className="facts">
          <Fact
            term={vehicles.kind}
            value={vehicleType === null ? null : words.vehicleType[vehicleType]}
            withheld={reading.withheld('vehicleType')}
          />
          <Fact
            term={vehicles.colour}
            value={colour === null ? null : <span lang="vi">{colour}</span>}
            withheld={reading.withheld('colour')}
          />
          <InspectionFact vehicle={vehicle} reading={reading} />
          <InsuranceFact vehicle={vehicle} reading={reading} />
        </dl>
      </div>
      <VehicleDetails vehicle={vehicle} reading={reading} />
    </DocumentFrame>
  );
}

function useInspectionStanding({ inspection }: VehicleFieldsFragment): Standing | null {
  const { vehicles } = useTexts();
  const standing = useDateStanding(inspection?.validTo ?? null);
  return standing?.tone === 'bad' ? { tone: 'bad', text: `${vehicles.inspection}: ${standing.text}` } : null;
}

function InspectionFact({ vehicle: { inspection }, reading }: VehicleProps) {
  const { vehicles, words, language } = useTexts();
  const value = inspection !== null && inspection.result !== null && inspection.validTo !== null && (
    <>
      {vehicles.inspectionValue(
        words.inspection[inspection.result],
        formatDate(inspection.validTo, language),
      )}
      <span className="line hint">
        {vehicles.inspectionBy(inspection.centre ?? '', inspection.certificateNo ?? '')}
      </span>
    </>
  );
  return (
    <Fact
      term={vehicles.inspection}
      value={value}
      none={vehicles.noInspection}
      withheld={reading.withheld('inspection')}
    />
  );
}

function InsuranceFact({ vehicle: { mandatoryInsurance: cover }, reading }: VehicleProps) {
  const { vehicles, language } = useTexts();
  const value = cover !== null && cover.validTo !== null && (
    <>
      {vehicles.insuranceValue(cover.insurer ?? '', formatDate(cover.validTo, language))}
      {cover.number !== null && <span className="line hint">{vehicles.insuranceNumber(cover.number)}</span>}
    </>
  );
  return (
    <Fact
      term={vehicles.insurance}
      value={value}
      none={vehicles.noInsurance}
      withheld={reading.withheld('mandatoryInsurance')}
    />
  );
}

function VehicleDetails({ vehicle, reading }: VehicleProps) {
  const { documents, vehicles, words, language } = useTexts();
  const { issueDate, fuel, ownerKind } = vehicle;
  const rows = [
    [documents.fullName, vehicle.holderName, 'holderName'],
    [vehicles.registration, vehicle.registrationNumber, 'registrationNumber'],
    [vehicles.issued, issueDate === null ? null : formatDate(issueDate, language), 'issueDate'],
    [vehicles.place, vehicle.place, 'place'],
    [vehicles.year, vehicle.year, 'year'],
    [vehicles.seats, vehicle.seats, 'seats'],
    [vehicles.fuel, fuel === null ? null : words.fuel[fuel], 'fuel'],
    [vehicles.chassis, vehicle.chassisNumber, 'chassisNumber'],
    [vehicles.engine, vehicle.engineNumber, 'engineNumber'],
    [vehicles.owner, ownerKind === null ? null : words.ownerKind[ownerKind], 'ownerKind'],
  ] as const;
  return (
    <details className="more">
      <summary>{documents.details}</summary>
      <dl className="facts">
        {rows.map(([term, value, field]) => (
          <Fact key={field} term={term} value={value} withheld={reading.withheld(field)} />
        ))}
      </dl>
    </details>
  );
}

import { addYears, type Day, dayAt, iso, officeInstant } from './calendar.ts';
import type { Household, Resident, World } from './household.ts';
import classRows from './data/licence-classes.json' with { type: 'json' };
import { nameOnLicence } from './names.ts';
import { licenceNumber, serial } from './numbers.ts';
import { opaque } from './opaque.ts';
import { ENTITY, Stream } from './prng.ts';
import type { DrivingLicenceRecord, LicenceClassRecord, VehicleGroup } from './records.ts';
import { rowHolder } from './row-holder.ts';

const LAW_FROM = dayAt(2025, 1, 1);
const POLICE_FROM = dayAt(2025, 3, 1);
const BEFORE_LAW = 0.92;
const OLD_ROWS_UNTIL = dayAt(2016, 1, 1);
/** Share of rows before 2016 that know the 9-digit number alone, of licences run out, and of licences suspended. */
export const LICENCE_DEFECTS = { oldNumberOnly: 0.5, expired: 0.05, suspended: 0.004 } as const;

/** What a class of before 2025 becomes when it is renewed under Law 36/2024. */
const RENEWED_AS: Readonly<Record<string, string>> = { B2: 'B', C: 'C', D: 'D2', E: 'D', FC: 'CE', B1: 'B' };
const VALIDITY = new Map(classRows.map((row) => [`${row.scheme} ${row.class}`, row.validityYears]));
const MIN_AGE = new Map(classRows.map((row) => [`${row.scheme} ${row.class}`, row.minAge]));

function ageFactor(age: number, young: number, middle: number, late: number, old: number): number {
  if (age < 25) return young;
  if (age < 55) return middle;
  return age < 65 ? late : old;
}

function carClass(stream: Stream, { age, male }: Resident): string | null {
  const draw = stream.unit() / ageFactor(age, 0.5, 1.2, 0.9, 0.69);
  const [trailer, bus, lorry, car] = male ? [0.0078, 0.031, 0.098, 0.332] : [0.0002, 0.0012, 0.0042, 0.074];
  if (draw < trailer && age >= 30) return 'FC';
  if (draw < bus && age >= 30) return stream.chance(0.6) ? 'D' : 'E';
  if (draw < lorry && age >= 24) return 'C';
  return draw < car ? 'B2' : null;
}

function passDay(stream: Stream, { birth }: Resident, minAge: number, today: Day): Day {
  const adult = Math.max(addYears(birth, minAge), dayAt(1998, 1, 1));
  if (adult < LAW_FROM - 60 && stream.chance(BEFORE_LAW)) {
    const latest = Math.min(LAW_FROM - 30, Math.max(adult + 60, addYears(birth, 40)));
    return adult + stream.below(latest - adult);
  }
  const from = Math.max(adult, LAW_FROM);
  return Math.min(today - 1, from + stream.below(Math.max(1, today - from)));
}

function classOf(stream: Stream, person: Resident, letters: string, today: Day): LicenceClassRecord {
  const minAge = MIN_AGE.get(`PRE_2025 ${letters}`) ?? 18;
  const pass = passDay(stream, person, minAge, today);
  let issue = pass + 14 > today ? pass : pass + 14;
  const years = VALIDITY.get(`PRE_2025 ${letters}`) ?? null;
  if (years !== null) {
    const late = stream.chance(LICENCE_DEFECTS.expired);
    while (addYears(issue, years) < today && !(late && addYears(issue, years * 2) >= today))
      issue = addYears(issue, years);
  }
  const underLaw = issue >= LAW_FROM;
  const name = underLaw ? (RENEWED_AS[letters] ?? (letters === 'A2' ? 'A' : letters)) : letters;
  const validity = underLaw ? (VALIDITY.get(`LAW_2024 ${name}`) ?? null) : years;
  return {
    class: name,
    scheme: underLaw ? 'LAW_2024' : 'PRE_2025',
    passDate: iso(pass),
    issueDate: iso(issue),
    expiryDate: validity === null ? null : iso(addYears(issue, validity)),
  };
}

type Points = Pick<DrivingLicenceRecord, 'points' | 'deductions' | 'heldOrSuspended'>;

function pointsLost(stream: Stream): number {
  const draw = stream.unit();
  if (draw < 0.001) return 12;
  if (draw < 0.01) return stream.between(5, 11);
  return draw < 0.06 ? stream.between(1, 4) : 0;
}

function pointsOf(stream: Stream, groups: readonly VehicleGroup[], home: Household, today: Day): Points {
  const lost = pointsLost(stream);
  const group = groups[groups.length - 1] as VehicleGroup;
  const last = today - stream.between(2, 340);
  const authority = `Phòng Cảnh sát giao thông, Công an ${home.province.fullName}`;
  const decisionNo = `${serial(stream.next(), 6)}/QĐ-XPVPHC`;
  const suspended = stream.chance(LICENCE_DEFECTS.suspended);
  const hold =
    lost === 12 ? 'ZERO_POINTS' : suspended ? (stream.chance(0.8) ? 'SUSPENDED' : 'TEMP_HELD') : null;
  const first = lost > 4 ? lost - 4 : lost;
  const deductions = [
    { date: iso(last), points: first, group, article: 'Điều 6 Nghị định 168/2024/NĐ-CP', decisionNo },
    {
      date: iso(Math.max(LAW_FROM, last - 20)),
      points: lost - first,
      group,
      article: 'Điều 7 Nghị định 168/2024/NĐ-CP',
      decisionNo: `${serial(stream.next(), 6)}/QĐ-XPVPHC`,
    },
  ].filter(({ points }) => points > 0);
  return {
    points: groups.map((name) => {
      const mine = name === group && lost > 0;
      return {
        group: name,
        value: mine ? 12 - lost : 12,
        lastDeductionAt: mine ? iso(last) : null,
        // At 0 points only a test brings them back (Law 36/2024 article 58).
        restoreAt: mine && lost < 12 ? iso(addYears(last, 1)) : null,
      };
    }),
    deductions,
    heldOrSuspended:
      hold === null
        ? null
        : {
            kind: hold,
            from: iso(last),
            until: hold === 'SUSPENDED' ? iso(last + 365) : null,
            authority,
            decisionNo,
          },
  };
}

function licence(
  world: World,
  home: Household,
  person: Resident,
  stream: Stream,
  nth: number,
  classes: readonly LicenceClassRecord[],
): DrivingLicenceRecord {
  const { today, seed } = world;
  const latest = classes.reduce((left, right) => (right.issueDate > left.issueDate ? right : left));
  const issue = dayAt(
    Number(latest.issueDate.slice(0, 4)),
    Number(latest.issueDate.slice(5, 7)),
    Number(latest.issueDate.slice(8)),
  );
  const groups: VehicleGroup[] = [];
  if (classes.some(({ class: letters }) => letters === 'A1' || letters === 'A2' || letters === 'A'))
    groups.push('MOTORCYCLE');
  if (classes.length > groups.length) groups.push('CAR');
  const held = pointsOf(stream, groups, home, today);
  const todayText = iso(today);
  const expired = classes.every(({ expiryDate }) => expiryDate !== null && expiryDate < todayText);
  const old = issue < OLD_ROWS_UNTIL && stream.chance(LICENCE_DEFECTS.oldNumberOnly);
  return {
    ref: opaque(seed, 'licence', person.index * 2 + nth),
    holder: rowHolder(stream, person, old, nameOnLicence),
    number: licenceNumber(
      seed,
      person.index,
      nth,
      Number((classes[0] as LicenceClassRecord).passDate.slice(0, 4)),
    ),
    status: held.heldOrSuspended === null ? (expired ? 'EXPIRED' : 'VALID') : 'NOT_VALID',
    classes,
    restrictions: stream.chance(0.04) ? [{ code: 'A.01', text: 'Phải đeo kính khi lái xe' }] : [],
    issuingAuthority:
      issue < POLICE_FROM
        ? `Sở Giao thông vận tải ${home.province.name}`
        : `Phòng Cảnh sát giao thông, Công an ${home.province.fullName}`,
    issueDate: latest.issueDate,
    ...held,
    verifiedAt: officeInstant(Math.max(issue, today - stream.below(700)), stream.next()),
    assurance: old ? 'DOCUMENT' : 'MATCHED',
  };
}

/** The licences of a person: one that carries all classes, or an old motorcycle licence beside a newer one. */
export function drivingLicences(world: World, home: Household, person: Resident): DrivingLicenceRecord[] {
  if (person.age < 18) return [];
  const stream = new Stream(world.seed, ENTITY.licence, person.index);
  const share = (person.male ? 0.78 : 0.58) * ageFactor(person.age, 0.8, 1.12, 0.98, 0.67);
  const rides = stream.chance(share);
  const letters = carClass(stream, person);
  const ride = rides ? classOf(stream, person, stream.chance(0.03) ? 'A2' : 'A1', world.today) : null;
  const drive = letters === null ? null : classOf(stream, person, letters, world.today);
  if (ride !== null && drive !== null && stream.chance(0.15))
    return [
      licence(world, home, person, stream, 0, [ride]),
      licence(world, home, person, stream, 1, [drive]),
    ];
  const classes = [ride, drive].filter((entry) => entry !== null);
  return classes.length === 0 ? [] : [licence(world, home, person, stream, 0, classes)];
}

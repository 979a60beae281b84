import { persona } from '@dinhdanh/people';
import type { RetainedPlateRecord, VehicleRecord } from '@dinhdanh/people';
import { service } from '@dinhdanh/vehicles';
import { openRegistrar } from '@dinhdanh/vehicles/registrar';
import { seed } from '@dinhdanh/vehicles/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeGuards } from './registry-guards.ts';
import {
  isShown,
  SOURCE,
  statementsByTable,
  subjectOfPersona,
  tellEverybody,
  toldOfRow,
} from './registry-records.ts';
import { callerOf, entities, startRegistry, subjectOf } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

const VEHICLE = `ref holder holderName holderDateOfBirth plate
  plateRecord { plate kind colour provinceCode attachedFrom attachedTo ${SOURCE} }
  registrationNumber issueDate place type brand model colour year seats fuel chassisNumber engineNumber ownerKind
  inspection { certificateNo centre date validTo result ${SOURCE} }
  mandatoryInsurance { insurer number validTo ${SOURCE} } ${SOURCE}`;
const EVERYTHING = `... on Person {
  vehicles { ${VEHICLE} }
  retainedPlates { holder plate kind colour provinceCode retainedFrom retainedUntil ${SOURCE} }
}`;
const DATABASE = {
  database: 'Cơ sở dữ liệu về đăng ký, quản lý phương tiện giao thông cơ giới đường bộ',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
};

let registry: RegistryUnderTest;
beforeAll(async () => {
  registry = await startRegistry(service, seed);
});
afterAll(() => registry.stop());

const person = ({ subject }: Subject) => ({ __typename: 'Person', subject });
const ask = (selection: string, ...subjects: Subject[]) =>
  entities(registry, selection, subjects.map(person), callerOf(...subjects));

function toldOfVehicle(record: VehicleRecord, jti: string) {
  const { holder: _, verifiedAt: _at, assurance: _assurance, ...rest } = record;
  const told = toldOfRow(record, jti, DATABASE);
  const sourced = <Part extends object>(part: Part | null) => part && { ...part, source: told.source };
  return {
    ...rest,
    ...told,
    plateRecord: sourced(record.plateRecord),
    inspection: sourced(record.inspection),
    mandatoryInsurance: sourced(record.mandatoryInsurance),
  };
}

function toldOfPlate(record: RetainedPlateRecord, jti: string) {
  const { holder: _, verifiedAt: _at, assurance: _assurance, ...rest } = record;
  const { holder, source } = toldOfRow(record, jti, DATABASE);
  return { ...rest, holder, source };
}

const byIssueDate = (one: VehicleRecord, other: VehicleRecord): number =>
  `${one.issueDate}${one.ref}` < `${other.issueDate}${other.ref}` ? -1 : 1;

describe('vehicles and plates', () => {
  it('are answered field by field as they were seeded, for the cast and everybody drawn', async () => {
    let shown = 0;
    for (const { person: seeded, subject, jti, answer } of await tellEverybody(registry, EVERYTHING)) {
      const vehicles = seeded.vehicles.filter((vehicle) => isShown(vehicle, subject)).toSorted(byIssueDate);
      expect(answer.vehicles).toEqual(vehicles.map((vehicle) => toldOfVehicle(vehicle, jti)));
      expect(answer.retainedPlates).toEqual(seeded.retainedPlates.map((plate) => toldOfPlate(plate, jti)));
      shown += vehicles.length;
    }
    expect(shown).toBeGreaterThan(150);
  });

  it('of a hundred cost what one costs: one statement a table', async () => {
    const [fleet, one] = [subjectOfPersona(persona('fleet')), subjectOfPersona(persona('level1'))];
    const tables = [
      ['inspections', 1],
      ['mandatory_insurances', 1],
      ['plate_attachments', 1],
      ['plates', 1],
      ['served', 1],
      ['vehicles', 1],
    ];
    await ask(EVERYTHING, fleet);
    for (const subjects of [[one], [fleet], [fleet, one, subjectOfPersona(persona('level2'))]]) {
      let vehicles = 0;
      const counted = await statementsByTable(registry, async () => {
        const { body } = await ask(EVERYTHING, ...subjects);
        vehicles = body.data._entities[0].vehicles.length;
      });
      expect(counted).toEqual(tables);
      expect(vehicles).toBe(subjects[0] === fleet ? 100 : 1);
    }
  });

  it('are found by an index, whichever identifier leads to them', async () => {
    await registry.sql('ALTER DATABASE vehicles SET enable_seqscan = off');
    const rows = await registry.sql<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT * FROM vehicles
       WHERE personal_number IN ('1', '2') OR old_id_number IN ('3') OR passport_number IN ('4')`,
    );
    await registry.sql('ALTER DATABASE vehicles RESET enable_seqscan');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    for (const column of ['personal_number', 'old_id_number', 'passport_number'])
      expect(plan).toContain(`vehicles_${column}_idx`);
  });
});

describe('an old row without a personal number', () => {
  const owner = subjectOf('old', {
    personalNumber: '097061000901',
    cancelledNumbers: ['097060000901'],
    oldIdNumber: '970000901',
    matchName: 'do huy hoa',
    dateOfBirth: '1961-07-03',
  });
  const write = (ref: string, row: { number?: string; name?: string; born?: string }) =>
    registry.sql(
      `INSERT INTO vehicles (ref, personal_number, old_id_number, holder_name, match_name, date_of_birth, registration_number,
         issue_date, place, type, brand, model, colour, year, seats, fuel, chassis_number, engine_number, owner_kind,
         verified_at, assurance, synthetic)
       VALUES ($1, $2, $3, $4, 'do huy hoa', $5, 'R', '2010-01-01', 'P', 'CAR', 'B', 'M', 'C', 2010, 5, 'PETROL', 'CH', 'EN',
         'PERSON', now(), 'DOCUMENT', true)`,
      [
        ref,
        row.number ?? null,
        row.number ? null : '970000901',
        row.name ?? 'Đỗ Huy Hòa',
        row.born ?? '1961-07-03',
      ],
    );
  const refs = async () => {
    const { body } = await ask('... on Person { vehicles { ref source { assurance } } }', owner);
    return body.data._entities[0].vehicles.map((one: { ref: string }) => one.ref);
  };
  const fresh = () => registry.sql(`DELETE FROM vehicles WHERE ref LIKE 'old-%'`);

  it('is its owner’s by old number, name and birth date together, and told as matched', async () => {
    await fresh();
    await write('old-1', {});
    await write('old-2', { born: '1961-07-04' });
    expect(await refs()).toEqual(['old-1']);
    const { body } = await ask('... on Person { vehicles { source { assurance } } }', owner);
    expect(body.data._entities[0].vehicles).toEqual([{ source: { assurance: 'MATCHED' } }]);
  });

  it('is withheld with all of its kind once they are spelt as two people', async () => {
    await fresh();
    await write('old-1', {});
    await write('old-2', { name: 'Đỗ Huy Hoà' });
    expect(await refs()).toEqual(['old-1', 'old-2']);
    await write('old-3', { name: 'Đỗ Huy Hoá' });
    const before = registry.log.count('SERVICE_MATCH_AMBIGUOUS');
    expect(await refs()).toEqual([]);
    expect(registry.log.count('SERVICE_MATCH_AMBIGUOUS')).toBe(before + 1);
  });

  it('under a cancelled number is its owner’s', async () => {
    await fresh();
    await write('old-4', { number: '097060000901' });
    expect(await refs()).toEqual(['old-4']);
  });
});

describe('a plate that is kept', () => {
  it('is shown until its last day, and then has gone back to the stock', async () => {
    const level2 = persona('level2');
    const [kept] = level2.records.retainedPlates;
    const plates = async () =>
      (await ask('... on Person { retainedPlates { plate } }', subjectOfPersona(level2))).body.data
        ._entities[0].retainedPlates;
    const seconds = (Date.parse(`${kept?.retainedUntil}T03:00:00Z`) - registry.clock.read().getTime()) / 1000;
    registry.clock.advance(seconds);
    expect(await plates()).toEqual([{ plate: kept?.plate }]);
    registry.clock.advance(24 * 3600);
    expect(await plates()).toEqual([]);
    registry.clock.advance(-seconds - 24 * 3600);
  });
});

describe('the registrar', () => {
  const level1 = subjectOfPersona(persona('level1'));
  const buyer = subjectOf('buyer', { personalNumber: '097090000777', matchName: 'nguyen van mua' });
  const [sold] = persona('level1').records.vehicles as [VehicleRecord];
  const transfer = {
    ref: sold.ref,
    buyer: {
      personalNumber: buyer.identifiers.personalNumber,
      oldIdNumber: null,
      passportNumber: null,
      holderName: 'Nguyễn Văn Mua',
      dateOfBirth: '1990-03-02',
    },
    on: '2026-11-20',
    plate: sold.type === 'MOTORCYCLE' ? '30h1 99999' : '30k99999',
    registrationNumber: '30000001',
  };
  const changes = async (after: string | null) => {
    const query = `query ($after: String) { vehicleChanges(after: $after) { nodes { cursor kind keys { role value } } } }`;
    return (await registry.client.ask(query, { after })).body.data.vehicleChanges.nodes;
  };

  it('writes a vehicle to its buyer, leaves the plate with the seller, and appends the change', async () => {
    const registrar = openRegistrar(registry);
    await registrar.transferVehicle(transfer);
    await registrar.close();
    const read = '... on Person { vehicles { ref holderName plate } retainedPlates { plate retainedUntil } }';
    const [seller, owner] = (await ask(read, level1, buyer)).body.data._entities;
    const plate = sold.type === 'MOTORCYCLE' ? '30H1-999.99' : '30K-999.99';
    expect(owner.vehicles).toEqual([{ ref: sold.ref, holderName: 'Nguyễn Văn Mua', plate }]);
    expect(seller.vehicles.map(({ ref }: { ref: string }) => ref)).not.toContain(sold.ref);
    expect(seller.retainedPlates).toEqual(
      sold.plateRecord.kind === 'LEGACY' ? [] : [{ plate: sold.plate, retainedUntil: '2031-11-20' }],
    );
    expect(await changes(null)).toEqual([
      {
        cursor: '1',
        kind: 'OWNER_CHANGED',
        keys: [
          { role: 'DOCUMENT', value: sold.ref },
          { role: 'PERSON', value: level1.identifiers.personalNumber },
          { role: 'PERSON', value: '097090000777' },
        ],
      },
    ]);
  });

  it('keeps inspections and insurances, the last of which is told', async () => {
    const registrar = openRegistrar(registry);
    const passed = {
      certificateNo: 'KD1',
      centre: 'C',
      date: '2026-11-20',
      validTo: '2027-11-20',
      result: 'PASSED',
    };
    await registrar.recordInspection({ vehicleRef: sold.ref, ...passed });
    await registrar.recordInsurance({
      vehicleRef: sold.ref,
      number: 'N',
      insurer: 'I',
      validTo: '2099-01-01',
    });
    await registrar.close();
    const read = '... on Person { vehicles { inspection { certificateNo } mandatoryInsurance { number } } }';
    expect((await ask(read, buyer)).body.data._entities[0].vehicles).toEqual([
      { inspection: { certificateNo: 'KD1' }, mandatoryInsurance: { number: 'N' } },
    ]);
    expect((await changes('1')).map(({ kind }: { kind: string }) => kind)).toEqual([
      'INSPECTION_CHANGED',
      'INSURANCE_CHANGED',
    ]);
  });

  it('leaves neither row nor change behind when it refuses', async () => {
    const registrar = openRegistrar(registry);
    const before = await registry.sql('SELECT count(*) FROM changes');
    const inspection = {
      certificateNo: 'KD2',
      centre: 'C',
      date: '2026-11-20',
      validTo: '2026-11-19',
      result: 'PASSED',
    };
    for (const [attempt, code] of [
      [() => registrar.transferVehicle({ ...transfer, ref: 'no-such-vehicle' }), 'NOT_FOUND'],
      [() => registrar.transferVehicle({ ...transfer, plate: '30-1' }), 'BAD_USER_INPUT'],
      [() => registrar.recordInspection({ vehicleRef: sold.ref, ...inspection }), 'BAD_USER_INPUT'],
      [
        () => registrar.recordInspection({ vehicleRef: 'none', ...inspection, result: 'FAILED' }),
        'NOT_FOUND',
      ],
    ] as const)
      await expect(attempt()).rejects.toMatchObject({ code });
    // The plate exists: the vehicle was already written to its buyer in the same transaction.
    await expect(registrar.transferVehicle({ ...transfer, on: '2026-11-21' })).rejects.toThrow();
    await registrar.close();
    expect(await registry.sql('SELECT count(*) FROM changes')).toEqual(before);
    expect(await registry.sql('SELECT issue_date FROM vehicles WHERE ref = $1', [sold.ref])).toEqual([
      { issue_date: '2026-11-20' },
    ]);
  });
});

describeGuards({
  registry: () => registry,
  name: 'vehicles',
  owner: subjectOfPersona(persona('level2')),
  stranger: subjectOfPersona(persona('guardian')),
  document: { __typename: 'Vehicle', ref: persona('level2').records.vehicles[0]?.ref ?? 'none' },
  selection: 'vehicles { plate }',
  changes: 'vehicleChanges',
});

import { AppError } from '@dinhdanh/kit';
import type { ChangeKey, NewChange } from '@dinhdanh/kit';
import { isOutOfPoints, pointsAfter } from './rules.ts';
import { openStore } from './store.ts';
import type { Licence, LicenceStore, LicenceWrites } from './store.ts';

/**
 * The registrar's desk: how the licence registry is changed. Each method is one transaction with its row of `changes`,
 * and throws `NOT_FOUND` for a licence the registry does not know.
 */
export interface Registrar {
  /** Writes a licence anew; classes without an end keep none. */
  readonly renewLicence: (renewal: Renewal) => Promise<void>;
  /** Takes points off; a licence of which no group has points left stops to allow driving. */
  readonly deductPoints: (offence: Offence) => Promise<void>;
  /** Holds a licence, or gives it back with null. */
  readonly holdLicence: (ref: string, hold: NewHold | null) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the registrar's desk over a licence database. */
export function openRegistrar(options: { readonly databaseUrl: string }): Registrar {
  const store = openStore(options);
  return {
    renewLicence: (renewal) => renewLicence(store, renewal),
    deductPoints: (offence) => deductPoints(store, offence),
    holdLicence: (ref, hold) => holdLicence(store, ref, hold),
    close: store.close,
  };
}

/** Kinds of change of this registry (`DrivingLicenceChangeKind`). */
type Kind = 'LICENCE_CHANGED' | 'POINTS_CHANGED' | 'HOLD_CHANGED';

/** A licence written anew: the same number and classes, with new dates for those that end. */
export interface Renewal {
  readonly ref: string;
  readonly issueDate: string;
  readonly issuingAuthority: string;
  readonly expiryDate: string;
}

function renewLicence(store: LicenceStore, renewal: Renewal): Promise<void> {
  const { ref, issueDate, issuingAuthority, expiryDate } = renewal;
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const licence = await licenceOf(write, ref);
    await write.licence.update({ where: { ref }, data: { issueDate, issuingAuthority } });
    await write.licenceClass.updateMany({
      where: { licenceRef: ref, expiryDate: { not: null } },
      data: { issueDate, expiryDate },
    });
    return { kind: 'LICENCE_CHANGED', keys: keysOf(licence) };
  });
}

/** An offence that costs points (Law 36/2024/QH15, art. 58). */
export interface Offence {
  readonly ref: string;
  readonly group: 'MOTORCYCLE' | 'CAR';
  readonly points: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly article: string;
  readonly decisionNo: string;
  readonly authority: string;
}

function deductPoints(store: LicenceStore, offence: Offence): Promise<void> {
  const { ref, group, points, date, article, decisionNo, authority } = offence;
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const licence = await licenceOf(write, ref);
    const groups = await write.licencePoints.findMany({ where: { licenceRef: ref } });
    const before = groups.find((entry) => entry.group === group);
    if (before === undefined) throw new AppError('NOT_FOUND');
    const after = pointsAfter(before.value, points, date);
    await write.licencePoints.update({
      where: { licenceRef_group: { licenceRef: ref, group } },
      data: after,
    });
    const position = await write.pointsDeduction.count({ where: { licenceRef: ref } });
    await write.pointsDeduction.create({
      data: { licenceRef: ref, position, date, points, group, article, decisionNo },
    });
    if (isOutOfPoints(groups.map((entry) => (entry.group === group ? { ...entry, ...after } : entry)))) {
      await write.licence.update({
        where: { ref },
        data: {
          holdKind: 'ZERO_POINTS',
          holdFrom: date,
          holdUntil: null,
          holdAuthority: authority,
          holdDecisionNo: decisionNo,
        },
      });
    }
    return { kind: 'POINTS_CHANGED', keys: keysOf(licence) };
  });
}

/** A hold or suspension; `until` null: open. */
export interface NewHold {
  readonly kind: 'SUSPENDED' | 'TEMP_HELD' | 'REVOKED';
  readonly from: string;
  readonly until: string | null;
  readonly authority: string;
  readonly decisionNo: string;
}

function holdLicence(store: LicenceStore, ref: string, hold: NewHold | null): Promise<void> {
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const licence = await licenceOf(write, ref);
    await write.licence.update({
      where: { ref },
      data: {
        holdKind: hold?.kind ?? null,
        holdFrom: hold?.from ?? null,
        holdUntil: hold?.until ?? null,
        holdAuthority: hold?.authority ?? null,
        holdDecisionNo: hold?.decisionNo ?? null,
      },
    });
    return { kind: 'HOLD_CHANGED', keys: keysOf(licence) };
  });
}

async function licenceOf(write: LicenceWrites, ref: string): Promise<Licence> {
  const licence = await write.licence.findUnique({ where: { ref } });
  if (licence === null) throw new AppError('NOT_FOUND');
  return licence;
}

function keysOf(licence: Licence): ChangeKey[] {
  const document = { role: 'DOCUMENT', value: licence.ref };
  return licence.personalNumber === null
    ? [document]
    : [document, { role: 'PERSON', value: licence.personalNumber }];
}

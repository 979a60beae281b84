import { AppError } from '@dinhdanh/kit';
import type { ChangeKey, NewChange } from '@dinhdanh/kit';
import { continuesPeriod, monthBefore } from './rules.ts';
import type { ContributionBasis } from './rules.ts';
import { openStore } from './store.ts';
import type { Facility, InsuranceStore, MedicalVisit } from './store.ts';

/** A month's contribution as the agency books it. */
export interface Contribution extends ContributionBasis {
  /** The membership. */
  readonly ref: string;
  /** `YYYY-MM`. */
  readonly month: string;
}

/**
 * The registrar's desk: how the insurance registry is changed. Each method is one transaction with its row of
 * `changes`, and throws `NOT_FOUND` for a membership or card the registry does not know.
 */
export interface Registrar {
  /**
   * Books one month of contribution, in the running period or in a new one where employer, place or salary changed;
   * `BAD_USER_INPUT` for a month not after the last one booked.
   */
  readonly recordContribution: (contribution: Contribution) => Promise<void>;
  /** Changes where the insured is registered for first treatment. */
  readonly registerFacility: (ref: string, facility: Facility) => Promise<void>;
  /** Keeps a visit that the insurance paid. */
  readonly recordVisit: (visit: Omit<MedicalVisit, 'position'>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the registrar's desk over an insurance database. */
export function openRegistrar(options: { readonly databaseUrl: string }): Registrar {
  const store = openStore(options);
  return {
    recordContribution: (contribution) => recordContribution(store, contribution),
    registerFacility: (ref, facility) => registerFacility(store, ref, facility),
    recordVisit: (visit) => recordVisit(store, visit),
    close: store.close,
  };
}

/** Kinds of change of this registry (`SocialInsuranceChangeKind`). */
type Kind = 'CONTRIBUTION_RECORDED' | 'HEALTH_CARD_CHANGED' | 'BENEFIT_RECORDED';

function recordContribution(store: InsuranceStore, contribution: Contribution): Promise<void> {
  const { ref, month, employer, workplace, salaryBase } = contribution;
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const membership = await write.membership.findUnique({ where: { ref } });
    if (membership === null) throw new AppError('NOT_FOUND');
    if (membership.paidThrough !== null && month <= membership.paidThrough) {
      throw new AppError('BAD_USER_INPUT', { field: 'month' });
    }
    await write.membership.update({
      where: { ref },
      data: { paidThrough: month, totalMonths: { increment: 1 }, status: 'CONTRIBUTING' },
    });
    const periods = await write.contributionPeriod.findMany({
      where: { membershipRef: ref },
      orderBy: { position: 'asc' },
    });
    const running = periods.at(-1);
    if (!continuesPeriod(running, contribution)) {
      await write.contributionPeriod.updateMany({
        where: { membershipRef: ref, to: null },
        data: { to: monthBefore(month) },
      });
      const position = (running?.position ?? -1) + 1;
      const period = { membershipRef: ref, position, from: month, to: null, employer, workplace, salaryBase };
      await write.contributionPeriod.create({ data: period });
    }
    return { kind: 'CONTRIBUTION_RECORDED', keys: keysOf(membership) };
  });
}

function registerFacility(store: InsuranceStore, ref: string, facility: Facility): Promise<void> {
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const card = await write.healthCard.findUnique({ where: { ref } });
    if (card === null) throw new AppError('NOT_FOUND');
    await write.facility.upsert({ where: { code: facility.code }, create: facility, update: facility });
    await write.healthCard.update({ where: { ref }, data: { facilityCode: facility.code } });
    return { kind: 'HEALTH_CARD_CHANGED', keys: keysOf(card) };
  });
}

function recordVisit(store: InsuranceStore, visit: Omit<MedicalVisit, 'position'>): Promise<void> {
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const card = await write.healthCard.findUnique({ where: { ref: visit.healthCardRef } });
    if (card === null) throw new AppError('NOT_FOUND');
    const last = await write.medicalVisit.findFirst({
      where: { healthCardRef: card.ref },
      orderBy: { position: 'desc' },
    });
    await write.medicalVisit.create({ data: { ...visit, position: (last?.position ?? -1) + 1 } });
    return { kind: 'BENEFIT_RECORDED', keys: keysOf(card) };
  });
}

function keysOf(row: { readonly ref: string; readonly personalNumber: string | null }): ChangeKey[] {
  const document = { role: 'DOCUMENT', value: row.ref };
  return row.personalNumber === null ? [document] : [document, { role: 'PERSON', value: row.personalNumber }];
}

import type { Subject } from '../api/place-of.ts';
import { History } from '../components/history.tsx';
import { formatDate } from '../format/dates.ts';
import { formatMoney } from '../format/numbers.ts';
import {
  DependantsBenefitsDocument,
  DependantsContributionsDocument,
  DependantsDeductionsDocument,
  DependantsEntriesDocument,
  DependantsExitsDocument,
  DependantsMedicalDocument,
  MyBenefitsDocument,
  MyContributionsDocument,
  MyDeductionsDocument,
  MyEntriesDocument,
  MyExitsDocument,
  MyMedicalDocument,
} from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

interface HistoryProps {
  readonly subject: Subject;
}

/** Writes the dates and amounts of the lines in the language of the screen. */
function useForms() {
  const { language } = useTexts();
  return {
    date: (day: string | null): string => (day === null ? '' : formatDate(day, language)),
    end: (day: string | null): string | null => (day === null ? null : formatDate(day, language)),
    money: (amount: number | null): string | null => (amount === null ? null : formatMoney(amount, language)),
  };
}

/** Months and employers of social insurance. */
export function ContributionsHistory({ subject }: HistoryProps) {
  const { insurance } = useTexts();
  const { date, end, money } = useForms();
  return (
    <History
      title={insurance.contributions}
      subject={subject}
      kind={{
        query: { mine: MyContributionsDocument, dependants: DependantsContributionsDocument },
        page: (person, reading) => [
          person?.socialInsurance?.contributionPeriods ?? null,
          reading.at('socialInsurance', 'contributionPeriods'),
        ],
        entry: ({ from, to, employer, workplace, salaryBase }) => ({
          title: insurance.periodValue(date(from), end(to)),
          facts: [
            [insurance.employer, employer],
            [insurance.workplace, workplace],
            [insurance.salary, money(salaryBase)],
          ],
        }),
      }}
    />
  );
}

/** Benefits that social insurance paid. */
export function BenefitsHistory({ subject }: HistoryProps) {
  const { insurance, words } = useTexts();
  const { date, end, money } = useForms();
  return (
    <History
      title={insurance.benefits}
      subject={subject}
      kind={{
        query: { mine: MyBenefitsDocument, dependants: DependantsBenefitsDocument },
        page: (person, reading) => [
          person?.socialInsurance?.benefitsReceived ?? null,
          reading.at('socialInsurance', 'benefitsReceived'),
        ],
        entry: ({ kind, from, to, amount }) => ({
          title: kind === null ? insurance.benefits : words.benefit[kind],
          facts: [
            [insurance.period, insurance.periodValue(date(from), end(to))],
            [insurance.amount, money(amount)],
          ],
        }),
      }}
    />
  );
}

/** Visits that health insurance paid for. */
export function MedicalHistory({ subject }: HistoryProps) {
  const { insurance } = useTexts();
  const { date, end, money } = useForms();
  return (
    <History
      title={insurance.visits}
      subject={subject}
      kind={{
        query: { mine: MyMedicalDocument, dependants: DependantsMedicalDocument },
        page: (person, reading) => [
          person?.healthInsurance?.medicalVisits ?? null,
          reading.at('healthInsurance', 'medicalVisits'),
        ],
        entry: ({ admittedOn, dischargedOn, facility, reason, amountPaid }) => ({
          title:
            dischargedOn === null || dischargedOn === admittedOn
              ? date(admittedOn)
              : insurance.periodValue(date(admittedOn), end(dischargedOn)),
          facts: [
            [insurance.visitFacility, facility],
            [insurance.visitReason, reason],
            [insurance.visitPaid, money(amountPaid)],
          ],
        }),
      }}
    />
  );
}

/** Points taken off the licence. A person has one licence with points; of several the first with a page is shown. */
export function DeductionsHistory({ subject }: HistoryProps) {
  const { driving, words } = useTexts();
  const { date } = useForms();
  return (
    <History
      title={driving.deductions}
      subject={subject}
      kind={{
        query: { mine: MyDeductionsDocument, dependants: DependantsDeductionsDocument },
        page: (person, reading) => {
          const licences = person?.drivingLicences ?? [];
          const position = Math.max(
            0,
            licences.findIndex(({ deductions }) => (deductions?.nodes ?? []).length > 0),
          );
          const at = person?.drivingLicences == null ? [] : [position, 'deductions'];
          return [licences[position]?.deductions ?? null, reading.at('drivingLicences', ...at)];
        },
        entry: ({ date: day, points, group, article, decisionNo }) => ({
          title: date(day),
          facts: [
            [driving.deductionPoints, points],
            [driving.deductionGroup, group === null ? null : words.vehicleGroup[group]],
            [driving.deductionArticle, article],
            [driving.deductionDecision, decisionNo],
          ],
        }),
      }}
    />
  );
}

/** Entries into the country. */
export function EntriesHistory({ subject }: HistoryProps) {
  const { travel } = useTexts();
  const { date } = useForms();
  return (
    <History
      title={travel.entriesHistory}
      subject={subject}
      kind={{
        query: { mine: MyEntriesDocument, dependants: DependantsEntriesDocument },
        page: (person, reading) => [person?.entries ?? null, reading.at('entries')],
        entry: ({ date: day, gate }) => ({ title: date(day), facts: [[travel.gate, gate]] }),
      }}
    />
  );
}

/** Exits from the country. */
export function ExitsHistory({ subject }: HistoryProps) {
  const { travel } = useTexts();
  const { date } = useForms();
  return (
    <History
      title={travel.exitsHistory}
      subject={subject}
      kind={{
        query: { mine: MyExitsDocument, dependants: DependantsExitsDocument },
        page: (person, reading) => [person?.exits ?? null, reading.at('exits')],
        entry: ({ date: day, gate }) => ({ title: date(day), facts: [[travel.gate, gate]] }),
      }}
    />
  );
}

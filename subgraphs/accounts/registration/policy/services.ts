import { openingRows } from './answers.ts';
import type { OpeningRow } from './answers.ts';
import { validOn } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** Something that is done with an account from home, named in the catalogue. */
export interface ServiceRow extends Dated {
  readonly code: string;
  /** The code of what a level opens that it is part of. */
  readonly opening: string;
  readonly level: 1 | 2;
  readonly text: Words;
}

type Named = Pick<ServiceRow, 'code' | 'opening' | 'text'>;

const named: readonly Named[] = [
  {
    code: 'ELECTRICITY_BILL',
    opening: 'BILLS',
    text: { vi: 'Thanh toán tiền điện', en: 'Paying for electricity' },
  },
  { code: 'WATER_BILL', opening: 'BILLS', text: { vi: 'Thanh toán tiền nước', en: 'Paying for water' } },
  {
    code: 'SOCIAL_INSURANCE_CONTRIBUTION',
    opening: 'SOCIAL_SECURITY',
    text: { vi: 'Đóng bảo hiểm xã hội', en: 'Contributing to social insurance' },
  },
  {
    code: 'HEALTH_INSURANCE_CONTRIBUTION',
    opening: 'SOCIAL_SECURITY',
    text: { vi: 'Đóng bảo hiểm y tế', en: 'Contributing to health insurance' },
  },
];

/** The catalogue of a legal day. A service holds as long, and from that level on, as what it is part of. */
export function servicesOn(day: string): ServiceRow[] {
  return validOn(openingRows, day).flatMap(({ code, level, law, validFrom, validTo }: OpeningRow) =>
    named
      .filter(({ opening }) => opening === code)
      .map((service) => ({ ...service, level, law, validFrom, validTo })),
  );
}

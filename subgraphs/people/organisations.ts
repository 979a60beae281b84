import { persona } from './cast.ts';

/** What an organisation is called in the demonstration. */
export type OrganisationKey = 'hotel' | 'bank' | 'carRental' | 'hospital' | 'telecom';

/** A made-up legal person. */
export interface OrganisationRecord {
  readonly key: OrganisationKey;
  /** Opaque. */
  readonly id: string;
  readonly legalName: string;
  /** Nine digits and their check digit; {@link taxCheckDigit}. The prefix 97 stands for no tax office. */
  readonly taxCode: string;
  readonly sector: 'HOTEL' | 'BANK' | 'CAR_RENTAL' | 'HOSPITAL' | 'TELECOM';
  /** The subject of the legal representative; null for one drawn from the people by whoever seeds. */
  readonly representative: string | null;
}

/** The owner of a car hire runs a hotel as well. */
const { subject: owner } = persona('fleet').account;

/** The organisations of the demonstration. None of them exists, and each says so in its name. */
export const organisations: readonly OrganisationRecord[] = [
  {
    key: 'hotel',
    id: 'pVb3T0xq8mZyJ1rWc6KfNg',
    legalName: 'Công ty TNHH Khách sạn Sen Vàng (giả lập)',
    taxCode: '9700000019',
    sector: 'HOTEL',
    representative: owner,
  },
  {
    key: 'bank',
    id: 'Xn4hQe7Lw2RkUu9sTzA5Cw',
    legalName: 'Ngân hàng TMCP Bến Xanh (giả lập)',
    taxCode: '9700000026',
    sector: 'BANK',
    representative: null,
  },
  {
    key: 'carRental',
    id: 'e0YtGk5jDq3MvB8xLhS1Pw',
    legalName: 'Công ty TNHH Cho thuê xe Hải Âu (giả lập)',
    taxCode: '9700000033',
    sector: 'CAR_RENTAL',
    representative: owner,
  },
  {
    key: 'hospital',
    id: 'J7rWn2fKc9UiHy6oVdEm4g',
    legalName: 'Bệnh viện Đa khoa Bình Minh (giả lập)',
    taxCode: '9700000040',
    sector: 'HOSPITAL',
    representative: null,
  },
  {
    key: 'telecom',
    id: 'b1QzS8uXgT5aNl3Rk0PwFw',
    legalName: 'Công ty CP Viễn thông Sao Mai (giả lập)',
    taxCode: '9700000058',
    sector: 'TELECOM',
    representative: null,
  },
];

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** The tenth digit of a tax code: 10 less the weighted sum of the nine before it modulo 11; null where that is no digit. */
export function taxCheckDigit(firstNine: string): number | null {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(firstNine[place]), 0);
  const digit = 10 - (sum % 11);
  return digit === 10 ? null : digit;
}

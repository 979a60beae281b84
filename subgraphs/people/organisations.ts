/** A synthetic organisation (tổ chức) and the one who represents it by law (Decree 69/2024, art. 7). */
export interface OrganisationRecord {
  /** What the demonstration calls it. */
  readonly key: string;
  /** Opaque. */
  readonly id: string;
  readonly legalName: string;
  /** Ten digits, the last a check digit; 99 is the number of no province, so that no real business has one. */
  readonly taxCode: string;
  readonly sector: string;
  /** The subject of the legal representative. */
  readonly representative: string;
}

/** Businesses that do not exist, each represented by a level-2 person of the cast. */
export const organisations: readonly OrganisationRecord[] = [
  {
    key: 'hotel',
    id: 'PXFg4WjmaDextwZCTqzdOw',
    legalName: 'Công ty Cổ phần Khách sạn Sen Vàng',
    taxCode: '9901001012',
    sector: 'accommodation',
    representative: 'WjsKrJAXUusVVuyssOf0Jw',
  },
  {
    key: 'bank',
    id: 'pIkTa0-ukBYwJTGhcclnyw',
    legalName: 'Ngân hàng Thương mại cổ phần Sông Hồng Giả Lập',
    taxCode: '9901002129',
    sector: 'banking',
    representative: 'hAyv9noD8R0Q8c-MsIwmfg',
  },
  {
    key: 'carRental',
    id: 'uohFTfembFsFAIfynuVvgg',
    legalName: 'Công ty TNHH Cho thuê xe Đường Xa',
    taxCode: '9901003235',
    sector: 'vehicle_rental',
    representative: '9s4Xdqnmaal5qAdTPC6rZg',
  },
  {
    key: 'clinic',
    id: 'li7GcHxC9-4hsBWX9mDpFA',
    legalName: 'Bệnh viện Đa khoa Hoa Sứ',
    taxCode: '9901004341',
    sector: 'health',
    representative: 'kxI5aSA6SMyGoW9rteZI1g',
  },
  {
    key: 'telecom',
    id: 'BJySnwMxCtBEo8i4VfVYoA',
    legalName: 'Công ty Cổ phần Viễn thông Gió Mới',
    taxCode: '9901005458',
    sector: 'telecommunications',
    representative: 'eN2kNpOylGtAhl_e9Ytylw',
  },
];

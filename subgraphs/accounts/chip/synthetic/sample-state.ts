import { ChipAuthority } from './chip-authority.ts';
import type { ChipHolder, ChipPortrait } from './chip-holder.ts';
import { deriveKey } from './derive-key.ts';
import type { KeyKind } from './derive-key.ts';
import type { ChipTools } from './make-chip.ts';

/** A secret that everybody knows: tests trust what follows from it, and no system that runs does. */
const SECRET = Buffer.from('known to everybody, for tests');

const keys = new Map<string, ReturnType<typeof deriveKey>>();

/** A key of the state that tests look at; made once in a process, as long RSA keys take a second. */
export function sampleKey(name: string, kind: KeyKind): ReturnType<typeof deriveKey> {
  const id = `${kind} ${name}`;
  const key = keys.get(id) ?? deriveKey(SECRET, name, kind);
  keys.set(id, key);
  return key;
}

/** The instant at which tests look. */
export const sampleNow = new Date('2026-11-21T03:00:00Z');

/** The authorities and signers that tests look at. */
export const sampleAuthority = new ChipAuthority(sampleKey);

/** What sample chips are made with. */
export const sampleTools: ChipTools = { authority: sampleAuthority, chipKey: sampleKey };

/** Somebody with a card of 2022. */
export const sampleHolder: ChipHolder = {
  personalNumber: '097188000101',
  fullName: 'Đặng Thị Thanh Hà',
  dateOfBirth: '1988-05-14',
  sex: 'FEMALE',
  ethnicity: 'Kinh',
  religion: 'Không',
  placeOfOrigin: 'Xã Mẫu, Tỉnh Thử (giả lập)',
  permanentResidence: 'Số 1, Đường Thử, Xã Mẫu (giả lập)',
  identifyingFeatures: 'Nốt ruồi cách 1 cm dưới mép trái',
  issueDate: '2022-03-04',
  expiryDate: '2028-05-14',
  relatives: ['Đặng Văn Mẫu', 'Trần Thị Thử'],
  oldIdNumber: '970000118',
};

/** The beginning and the end of a JPEG, and nothing to see in between. */
export const samplePortrait: ChipPortrait = {
  bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 3, 4, 5, 6, 0xff, 0xd9),
  width: 240,
  height: 320,
};

import type { CaptureQuality } from './capture-quality.ts';
import type { ChipReader } from './chip-reader.ts';

/** What a registration needs of the device it is made on. */
export interface RegisterDevice {
  readonly reader: ChipReader;
  readonly quality: CaptureQuality;
}

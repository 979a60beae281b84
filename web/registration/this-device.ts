import type { RegisterDevice } from './register-device.ts';

/** What this browser registers with. */
export const thisDevice: RegisterDevice = {
  reader: { read: () => Promise.resolve({ reading: null, fault: 'READER_AWAY' }) },
  quality: () => [],
};

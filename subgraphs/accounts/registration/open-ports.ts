import type { Clock } from '@dinhdanh/kit';
import { checkPassword } from '@dinhdanh/schema/check-password';
import type { TrustStore } from '../chip/trust-store.ts';
import type { AccountsSettings } from '../config.ts';
import type { FaceMatcher } from '../face/face-matcher.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { OtpRoom } from '../otp/issue-otp.ts';
import { openChipPort } from './chip-port.ts';
import { openCodePort } from './code-port.ts';
import { openFacePort } from './face-port.ts';
import { openMatchPort } from './match-port.ts';
import type { RegistrationPorts } from './ports.ts';

/** Opens what registering needs of the other rooms of accounts. */
export function openPorts(rooms: {
  readonly settings: Pick<AccountsSettings, 'gatewayUrl' | 'systemKey'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly otp: OtpRoom;
  readonly faces: FaceMatcher;
  /** Null where nobody is trusted yet: no chip is taken then. */
  readonly trust: TrustStore | null;
}): RegistrationPorts {
  const { settings, clock, outbox, otp, faces, trust } = rooms;
  return {
    match: openMatchPort({ settings, clock }),
    verifyChip: openChipPort(trust),
    faces: openFacePort(faces),
    codes: openCodePort(otp),
    putMessage: (sql, message, to, now) =>
      outbox.put(
        sql,
        { ...message, to: to === null ? null : { channel: 'SMS', address: to }, language: 'vi' },
        now,
      ),
    checkPassword,
  };
}

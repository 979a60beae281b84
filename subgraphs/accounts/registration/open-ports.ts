import { checkPassword } from '@dinhdanh/schema/check-password';
import type { ChipTrust } from '../chip/chip-trust.ts';
import type { FaceMatcher } from '../face/index.ts';
import type { MatchRoom } from '../matching/match-identity.ts';
import { openTellOnAllWays } from '../life/tell-owner.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { OtpRoom } from '../otp/issue-otp.ts';
import { openChipPort } from './chip-port.ts';
import { openCodePort } from './code-port.ts';
import { openFacePort } from './face-port.ts';
import { openMatchPort } from './match-port.ts';
import type { RegistrationPorts } from './ports.ts';

/** The rooms of accounts that registering needs. */
export interface RoomsForRegistration {
  readonly matching: MatchRoom;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly otp: OtpRoom;
  readonly faces: FaceMatcher;
  readonly trust: Pick<ChipTrust, 'current'>;
}

/** Opens what registering needs of them; `ending` breaks off what is asked of others. */
export function openPorts(rooms: RoomsForRegistration, ending: AbortSignal): RegistrationPorts {
  const { matching, outbox, otp, faces, trust } = rooms;
  return {
    match: openMatchPort(matching, ending),
    verifyChip: openChipPort({ current: () => trust.current() }),
    faces: openFacePort(faces),
    codes: openCodePort(otp),
    putMessage: (sql, message, to, now) =>
      outbox.put(
        sql,
        { ...message, to: to === null ? null : { channel: 'SMS', address: to }, language: 'vi' },
        now,
      ),
    tellOwner: openTellOnAllWays(outbox),
    checkPassword,
  };
}

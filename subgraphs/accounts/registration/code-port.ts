import { AppError } from '@dinhdanh/kit';
import type { MessageAddress, OtpPurpose } from '../messages/message.ts';
import { checkOtp } from '../otp/check-otp.ts';
import { issueOtp } from '../otp/issue-otp.ts';
import type { OtpRoom } from '../otp/issue-otp.ts';
import type { CodePort, CodeRequest } from './ports.ts';
import type { RegistrationPurpose } from './registration.ts';

const purposes: Readonly<Record<RegistrationPurpose, OtpPurpose>> = {
  ACCOUNT: 'REGISTRATION',
  PASSWORD: 'PASSWORD_RESET',
  DEVICE: 'DEVICE_CHANGE',
  PHONE: 'PHONE_CHANGE',
};

/**
 * One-time codes for registrations: to whatever address was declared, whoever it belongs to, or to the number that an
 * account has. Those are counted for themselves: not by the number, or its limits would tell whose it is, and not with the
 * codes that strangers have sent to numbers of their own, or they could use them up.
 */
export function openCodePort(room: OtpRoom): CodePort {
  return {
    issue: async (sql, request, now) => {
      const { channel, address } = request;
      const to: MessageAddress = { channel: channel === 'EMAIL' ? 'EMAIL' : 'SMS', address: address ?? '' };
      const known = address !== null;
      const countedAs = channel === 'ACCOUNT_PHONE' ? { countedAs: `held ${request.account}` } : {};
      const issued = await issueOtp(
        sql,
        { ...asked(request), to, ...countedAs, known, language: 'vi', now },
        room,
      );
      if (issued.issued) return { until: issued.expiresAt, nextAt: issued.resendAt, pauseMs: issued.pauseMs };
      const { retryAfterSeconds, reason } = issued;
      throw new AppError('RATE_LIMITED', { retryAfterSeconds, reason });
    },
    check: async (sql, request, code, now) => {
      const checked = await checkOtp(sql, { ...asked(request), code, now }, room);
      if (checked.right) return { outcome: 'RIGHT', pauseMs: checked.pauseMs };
      if (checked.reason === 'OTP_SOURCE')
        throw new AppError('RATE_LIMITED', {
          retryAfterSeconds: checked.retryAfterSeconds,
          reason: checked.reason,
        });
      return { outcome: checked.reason === 'OTP_WRONG' ? 'WRONG' : 'OVER', pauseMs: checked.pauseMs };
    },
  };
}

function asked({ purpose, channel, registrationId, account, source }: CodeRequest) {
  if (channel === 'ACCOUNT_PHONE') {
    const [request, held] = [`${registrationId} held`, `${account} held`];
    return { purpose: purposes[purpose], request, account: held, source };
  }
  const named = channel === 'EMAIL' ? ('EMAIL_CONFIRMATION' as const) : purposes[purpose];
  return { purpose: named, request: registrationId, account, source };
}

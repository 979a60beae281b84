import { AppError } from '@dinhdanh/kit';
import type { OtpPurpose } from '../messages/message.ts';
import { checkOtp } from '../otp/check-otp.ts';
import { issueOtp } from '../otp/issue-otp.ts';
import type { OtpRoom } from '../otp/issue-otp.ts';
import type { CodePort, CodeRequest } from './ports.ts';
import type { ContactChannel } from './registration.ts';

const purposes: Readonly<Record<ContactChannel, OtpPurpose>> = {
  PHONE: 'REGISTRATION',
  EMAIL: 'EMAIL_CONFIRMATION',
};

/** One-time codes for registrations: to whatever address was declared, whoever it belongs to. */
export function openCodePort(room: OtpRoom): CodePort {
  return {
    issue: async (sql, request, now) => {
      const { channel, address } = request;
      const to = { channel: channel === 'PHONE' ? ('SMS' as const) : ('EMAIL' as const), address };
      const issued = await issueOtp(sql, { ...asked(request), to, known: true, language: 'vi', now }, room);
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

function asked({ channel, registrationId, account, source }: CodeRequest) {
  return { purpose: purposes[channel], request: registrationId, account, source };
}

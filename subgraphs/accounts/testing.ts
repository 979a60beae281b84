/** Rooms of accounts as tests outside this package need them. Never used by a service. */
export type { MessageCarrier, Receipt, Sent } from './messages/carrier.ts';
export { SmppCarrier } from './messages/carriers/smpp-carrier.ts';
export type { SmppSettings } from './messages/carriers/smpp-carrier.ts';
export { SmtpCarrier } from './messages/carriers/smtp-carrier.ts';
export type { MessageChannel, MessageKind, NewMessage, OutgoingMessage } from './messages/message.ts';
export { countMessages } from './messages/numbers.ts';
export { Outbox } from './messages/outbox.ts';
export { MessageSender } from './messages/send-messages.ts';
export { checkOtp } from './otp/check-otp.ts';
export { issueOtp } from './otp/issue-otp.ts';
export type { OtpAsked, OtpChecked, OtpIssued, OtpTried } from './otp/otp.ts';
export { OtpKeys } from './otp/otp-keys.ts';
export { otpPolicies } from './otp/rules.ts';
export { FailureWatch } from './otp/watch-failures.ts';
export { AccountsStore } from './store.ts';

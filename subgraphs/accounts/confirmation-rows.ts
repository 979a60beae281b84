import type { Confirmation, ConfirmationMethod } from './confirmation.ts';

const methods = { passcode: 'PASSCODE', passkey: 'PASSKEY' } as const satisfies Record<
  ConfirmationMethod,
  string
>;

/** A confirmation as columns of a session; none closes sensitive data. */
export function confirmationColumns(confirmation: Confirmation | null) {
  return {
    passcodeUntil: confirmation?.until ?? null,
    confirmationId: confirmation?.id ?? null,
    confirmedAt: confirmation?.at ?? null,
    confirmationMethod: confirmation === null ? null : methods[confirmation.method],
  };
}

/** What the dialog of the passcode says where it is not about opening sensitive details. */
export interface ConfirmWords {
  readonly title: string;
  readonly intro: string;
  readonly submit: string;
}

/** A start that cannot go on. The message is one sentence that says what to do; it is printed without a stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

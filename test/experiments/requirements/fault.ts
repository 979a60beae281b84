/** One line of the product told to be wrong, and the requirement whose row must then be red. */
export interface Fault {
  /** `R1` to `R113`. */
  readonly number: string;
  /** What goes wrong for people, in a few words. */
  readonly what: string;
  /** The file of the product, from the root. */
  readonly file: string;
  /** What stands in the file, once. */
  readonly from: string;
  readonly to: string;
  /** Which of the error cases or deadlines of the two articles it breaks, if one. */
  readonly kind?: 'error case' | 'deadline';
}

/**
 * The text of a file with a fault in it.
 *
 * @throws TypeError where what the fault replaces does not stand in the file, or more than once
 */
export function withFault(text: string, fault: Fault): string {
  const complaint = faultComplaint(text, fault);
  if (complaint !== null) throw new TypeError(complaint);
  return text.replace(fault.from, () => fault.to);
}

/** A sentence where a fault cannot be planted in the text of its file; null where it can. */
export function faultComplaint(text: string | null, { number, file, from, to }: Fault): string | null {
  if (text === null) return `The fault of ${number} is in ${file}, which is not there.`;
  const times = text.split(from).length - 1;
  if (from === to) return `The fault of ${number} in ${file} changes nothing.`;
  return times === 1
    ? null
    : `The fault of ${number} replaces what stands ${times} times in ${file}: ${from}`;
}

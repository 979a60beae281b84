/** What a scanned or pasted text is: the code of a request, or why it is none. */
export type ReadCode =
  | { readonly code: string; readonly problem: null }
  /** `EMPTY`: nothing stands there; `FOREIGN`: it is not ours; `BROKEN`: ours, but not whole. */
  | { readonly code: null; readonly problem: 'EMPTY' | 'FOREIGN' | 'BROKEN' };

/** `handle.step.door.mac`: the door is `q` for a picture, `l` for a link on the same phone; the mac has 12 bytes. */
const codeForm = /^[\w-]{16,64}\.[0-9a-z]{1,12}\.[ql]\.[\w-]{16}$/;

/** Whether a text has the form of a code; whether it is good is for the server to say. */
export function isCode(text: string): boolean {
  return codeForm.test(text);
}

/**
 * Reads a scanned or pasted text. A code counts only as the link of our own origin (`<origin>/#/share/<code>`), for a
 * code that leads elsewhere is a trap. Typed by hand (`isTyped`), the bare code counts too.
 */
export function readCode(text: string, origin: string, isTyped = false): ReadCode {
  const trimmed = text.trim();
  if (trimmed === '') return { code: null, problem: 'EMPTY' };
  if (isTyped && isCode(trimmed)) return { code: trimmed, problem: null };
  const address = URL.canParse(trimmed) ? new URL(trimmed) : null;
  const isOurs =
    address !== null &&
    address.origin === origin &&
    address.username === '' &&
    address.password === '' &&
    address.pathname === '/' &&
    address.search === '' &&
    address.hash.startsWith('#/share/');
  if (!isOurs) return { code: null, problem: 'FOREIGN' };
  const code = address.hash.slice('#/share/'.length);
  return isCode(code) ? { code, problem: null } : { code: null, problem: 'BROKEN' };
}

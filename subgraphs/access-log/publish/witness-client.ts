/** How the log asks a witness: the client's side of https://c2sp.org/tlog-witness. */
import {
  type NoteSignature,
  parseDecimal,
  parseSignatureLines,
  type SignedNote,
  toBase64,
  type Hash,
  type VerifierKey,
  verifyNote,
} from '../tlog/index.ts';

/** What a witness says to a checkpoint. */
export type WitnessReply =
  | { readonly kind: 'cosigned'; readonly signature: NoteSignature }
  /** It has cosigned a tree of this size, which is not the one the proof started from. */
  | { readonly kind: 'elsewhere'; readonly size: number }
  /** It has proof of another history. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No cosignature, for a reason that says nothing about the log. */
  | { readonly kind: 'away'; readonly reason: string };

/** A checkpoint to be cosigned. */
export interface CosignRequest {
  readonly oldSize: number;
  readonly size: number;
  readonly proof: readonly Hash[];
  /** With the log's signature. */
  readonly note: string;
  readonly text: string;
}

/** Asks a witness. Never throws: a witness that cannot be asked is away. */
export type AskWitness = (request: CosignRequest) => Promise<WitnessReply>;

/** A hundred signature lines are less than this. */
const MOST_ANSWER_BYTES = 32 * 1024;

/** A witness's clock may be this far ahead of ours: what is further, readers refuse as coming from the future. */
const MOST_AHEAD_SECONDS = 60;

/** What asking takes. */
export interface WitnessClientOptions {
  readonly url: string;
  readonly key: VerifierKey;
  readonly timeoutMs: number;
  readonly nowSeconds: () => number;
}

/** The way to one witness over HTTP. */
export function witnessClient({ url, key, timeoutMs, nowSeconds }: WitnessClientOptions): AskWitness {
  const address = `${url.replace(/\/+$/, '')}/add-checkpoint`;
  return async (request) => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: bodyOf(request),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return replyOf(response.status, await textOf(response), request, key, nowSeconds());
    } catch (error) {
      return { kind: 'away', reason: reasonOf(error) };
    }
  };
}

function bodyOf({ oldSize, proof, note }: CosignRequest): string {
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/** What an answer means. Pure. */
export function replyOf(
  status: number,
  text: string,
  request: CosignRequest,
  key: VerifierKey,
  nowSeconds: number,
): WitnessReply {
  switch (status) {
    case 200:
      return cosignatureIn(text, request, key, nowSeconds);
    case 409: {
      const size = parseDecimal(text.trimEnd());
      if (!size.ok) return { kind: 'away', reason: 'UNREADABLE' };
      // The proof did start from its tree: then only the roots can differ.
      return size.value === request.oldSize
        ? { kind: 'refused', status }
        : { kind: 'elsewhere', size: size.value };
    }
    case 422:
      return { kind: 'refused', status };
    case 403:
      return { kind: 'away', reason: 'KEY_UNKNOWN' };
    case 404:
      return { kind: 'away', reason: 'LOG_UNKNOWN' };
    default:
      return { kind: 'away', reason: `HTTP_${status}` };
  }
}

/** The witness's own line; others ("MUST ignore any cosignatures from unknown keys") are passed over. */
function cosignatureIn(
  text: string,
  request: CosignRequest,
  key: VerifierKey,
  nowSeconds: number,
): WitnessReply {
  const unusable: WitnessReply = { kind: 'away', reason: 'COSIGNATURE_INVALID' };
  const lines = parseSignatureLines(text);
  if (!lines.ok) return unusable;
  const signature = lines.value.find(({ name, keyId }) => name === key.name && keyId === key.id);
  if (signature === undefined) return unusable;
  const note: SignedNote = { text: request.text, signatures: [signature] };
  const verified = verifyNote(note, [key]);
  const time = verified.ok ? (verified.value[0]?.timeSeconds ?? null) : null;
  if (time === null) return unusable;
  if (time > nowSeconds + MOST_AHEAD_SECONDS) return { kind: 'away', reason: 'CLOCK_AHEAD' };
  return { kind: 'cosigned', signature };
}

async function textOf(response: Response): Promise<string> {
  let text = '';
  if (response.body === null) return text;
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.length > MOST_ANSWER_BYTES) break;
  }
  return text;
}

/** A code: messages of others do not belong into a log. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'TIMEOUT';
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code ?? 'UNREACHABLE';
}

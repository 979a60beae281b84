import { joinTokenParts, signTokenParts, writeCall, writeKeptPart, writeTokenPart } from '@dinhdanh/kit';
import type { CallerClient, CallerToken, CompactToken, TokenPart } from '@dinhdanh/kit';

/** A call that the gateway makes for itself, on behalf of nobody. */
export interface GatewayCall {
  readonly audience: string;
  /** Unique: the request, the door, the attempt. */
  readonly jti: string;
  readonly body: string | Buffer;
  /** A code of one door's own. */
  readonly purpose: string;
  /** The same for all calls of that purpose. */
  readonly legalBasis: string;
  readonly client?: CallerClient;
}

/** The members of its token that tell one call from the next. */
type OwnMember = 'aud' | 'iat' | 'exp' | 'jti' | 'client' | 'bh';

/** What all calls on the same grounds say alike; there are as many grounds as doors. */
const standings = new Map<string, TokenPart<Exclude<keyof CallerToken, OwnMember>>>();

function standingOf({ purpose, legalBasis }: GatewayCall): TokenPart<Exclude<keyof CallerToken, OwnMember>> {
  const known = standings.get(purpose);
  if (known !== undefined) return known;
  const written = writeKeptPart({
    iss: 'gateway',
    act: { kind: 'system', id: 'gateway' },
    level: 0,
    subjects: [],
    ids: {},
    claims: [],
    purpose,
    legalBasis,
  });
  standings.set(purpose, written);
  return written;
}

/** Signs its caller token. */
export function signAsGateway(call: GatewayCall, key: Buffer, now: Date): CompactToken {
  const { audience, jti, body, client } = call;
  const own = writeCall(audience, jti, body, now);
  const standing = standingOf(call);
  if (client === undefined) return signTokenParts(standing, own, key);
  return signTokenParts(joinTokenParts(standing, writeTokenPart({ client })), own, key);
}

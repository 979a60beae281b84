import { bodyHash, CALLER_TOKEN_SECONDS, signCallerToken } from '@dinhdanh/kit';
import type { CallerClient } from '@dinhdanh/kit';

/** A call that the gateway makes for itself, on behalf of nobody. */
export interface GatewayCall {
  readonly audience: string;
  /** Unique: the request, the door, the attempt. */
  readonly jti: string;
  readonly body: string | Buffer;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly client?: CallerClient;
}

/** Signs its caller token. */
export function signAsGateway(call: GatewayCall, key: Buffer, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return signCallerToken(
    {
      iss: 'gateway',
      aud: call.audience,
      iat: issuedAt,
      exp: issuedAt + CALLER_TOKEN_SECONDS,
      jti: call.jti,
      act: { kind: 'system', id: 'gateway' },
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: call.purpose,
      legalBasis: call.legalBasis,
      ...(call.client === undefined ? {} : { client: call.client }),
      bh: bodyHash(call.body),
    },
    key,
  );
}

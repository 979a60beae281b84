import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** How a ceremony departs from what an honest browser and authenticator do. */
export interface Departure {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  /** Without: the person was there, and nobody looked who. */
  readonly userVerified?: boolean;
  readonly userHandle?: string;
  /** The count told instead of the authenticator's own. */
  readonly counter?: number;
  /** Signs with another key than the one enrolled. */
  readonly forged?: boolean;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

/** A browser with an authenticator that holds one passkey (ES256, attestation none), after WebAuthn Level 3. */
export class VirtualAuthenticator {
  readonly credentialId = randomBytes(24);
  readonly #origin: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #counts: boolean;
  #counter = 0;
  #userHandle = '';

  /** One that does not count tells 0 forever, as passkeys kept by a service do. */
  constructor(origin: string, { counts = true }: { counts?: boolean } = {}) {
    this.#origin = origin;
    this.#counts = counts;
  }

  /** What `navigator.credentials.create` answers, as JSON. */
  create(options: string, departure: Departure = {}): string {
    const { challenge, rp, user } = JSON.parse(options) as Options;
    this.#userHandle = user?.id ?? '';
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(this.credentialId.length);
    const attested = Buffer.concat([Buffer.alloc(16), idLength, this.credentialId, this.#coseKey()]);
    const authData = this.#authData(departure.rpId ?? rp?.id ?? '', departure, attested);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', challenge, departure).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal', 'hybrid'],
    });
  }

  /** What `navigator.credentials.get` answers, as JSON. */
  get(options: string, departure: Departure = {}): string {
    const { challenge, rpId } = JSON.parse(options) as Options;
    const authData = this.#authData(departure.rpId ?? rpId ?? '', departure);
    const clientData = this.#clientData('webauthn.get', challenge, departure);
    const key = departure.forged === true ? otherKey() : this.#keys.privateKey;
    const signed = createSign('sha256').update(authData).update(sha256(clientData));
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signed.sign(key).toString('base64url'),
      userHandle: departure.userHandle ?? this.#userHandle,
    });
  }

  /** Sets the counter, as a copy of an older state does. */
  rewind(counter: number): void {
    this.#counter = counter;
  }

  #answer(response: Readonly<Record<string, unknown>>): string {
    const id = this.credentialId.toString('base64url');
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }

  #clientData(type: string, challenge: string, departure: Departure): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: departure.type ?? type,
        challenge: departure.challenge ?? challenge,
        origin: departure.origin ?? this.#origin,
        crossOrigin: departure.crossOrigin ?? false,
      }),
    );
  }

  /** Authenticator data (6.1): hash of the relying party's id, flags, counter, and at enrolment the key. */
  #authData(rpId: string, departure: Departure, attested?: Buffer): Buffer {
    this.#counter += this.#counts ? 1 : 0;
    const verified = departure.userVerified ?? true;
    const flags = 0x01 | (verified ? 0x04 : 0) | 0x08 | 0x10 | (attested === undefined ? 0 : 0x40);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(departure.counter ?? this.#counter);
    return Buffer.concat([
      sha256(Buffer.from(rpId)),
      Buffer.from([flags]),
      counter,
      ...(attested === undefined ? [] : [attested]),
    ]);
  }

  /** The public key as COSE_Key (RFC 9053, 7.1.1): kty EC2, alg ES256, crv P-256, x, y. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
  }
}

function otherKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** CBOR (RFC 8949) of what authenticators send: integers, texts, bytes and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flat().map((item) => cbor(item))]);
  throw new TypeError('not in this CBOR');
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 256) return Buffer.from([(major << 5) | 24, count]);
  return Buffer.from([(major << 5) | 25, count >> 8, count & 0xff]);
}

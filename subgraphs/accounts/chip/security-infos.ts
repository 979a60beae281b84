import { checkDer, malformed, readOid, readTlvs, valueOf } from './tlv.ts';

/** One entry of DG14 (`SecurityInfo`, ICAO Doc 9303-11, 9.2): what the chip can do. */
export interface SecurityInfo {
  /** The object identifier of the protocol, dotted. */
  readonly protocol: string;
  /** What is required of it, as DER. */
  readonly required: Uint8Array;
}

const TAG = 0x6e;
const OID = 0x06;
const ACTIVE_AUTHENTICATION = '2.23.136.1.1.5';
/** `ecdsa-plain-signatures` of BSI TR-03111, 5.2.1.1. */
const PLAIN_ECDSA = '0.4.0.127.0.7.1.1.4.1.';
const PLAIN_HASHES: Readonly<Record<string, string>> = {
  '1': 'sha1',
  '2': 'sha224',
  '3': 'sha256',
  '4': 'sha384',
  '5': 'sha512',
};

/** Reads DG14. @throws ChipRefused `CHIP_MALFORMED` */
export function readSecurityInfos(file: Uint8Array): SecurityInfo[] {
  const der = valueOf(file, TAG);
  checkDer(der);
  return readTlvs(valueOf(der, 0x31)).map(({ bytes }) => {
    const [protocol, required, optional, ...others] = readTlvs(valueOf(bytes, 0x30));
    if (protocol?.tag !== OID || required === undefined || others.length > 0) throw malformed('an info');
    return {
      protocol: readOid(protocol),
      required: optional === undefined ? required.bytes : joined(required.bytes, optional.bytes),
    };
  });
}

/**
 * The hash a chip with an elliptic key answers challenges with (`ActiveAuthenticationInfo`, ICAO Doc 9303-11, 9.2.1);
 * null where DG14 does not tell it, or another than there are.
 */
export function challengeHash(infos: readonly SecurityInfo[]): string | null {
  const info = infos.find(({ protocol }) => protocol === ACTIVE_AUTHENTICATION);
  const [version, algorithm, ...others] = info === undefined ? [] : readTlvs(info.required);
  if (version?.tag !== 0x02 || version.value[0] !== 1 || algorithm?.tag !== OID || others.length > 0)
    return null;
  const name = readOid(algorithm);
  return name.startsWith(PLAIN_ECDSA) ? (PLAIN_HASHES[name.slice(PLAIN_ECDSA.length)] ?? null) : null;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  return Uint8Array.from([...one, ...other]);
}

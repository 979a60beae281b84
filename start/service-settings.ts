import type { WitnessAddress } from '@dinhdanh/access-log';
import type { AccessLogSettings } from '@dinhdanh/access-log';
import type { AccountsSettings } from '@dinhdanh/accounts';
import type { DemoParty, SharingSettings } from '@dinhdanh/sharing';
import type { ChipKeys } from './chips/chip-keys.ts';
import type { KeyFolder } from './keys.ts';
import type { ServiceName } from './service-names.ts';

/** What of a start's options is about single services. */
export interface ServiceOptions {
  /** The access log's name; its own default where it is left out. */
  readonly logName?: string | null;
  /** Settings of the access log that win over the environment. */
  readonly accessLog?: Partial<AccessLogSettings>;
  /** Settings of accounts that win over the environment. */
  readonly accounts?: Partial<AccountsSettings>;
  /** Settings of sharing that win over the environment. */
  readonly sharing?: Partial<SharingSettings>;
}

/** What single services need to know of the rest. */
export interface Surroundings {
  readonly keys: KeyFolder;
  readonly witness: WitnessAddress | null;
  /** Where the gateway answers, once it listens. */
  readonly gatewayUrl: () => string | null;
  /** The gateway's origin as browsers know it. */
  readonly publicUrl: () => string | null;
  /** The port of the screen that shows messages in development. */
  readonly outboxPort: number;
  /** The relying parties of the desk that runs here. */
  readonly demoParties: readonly DemoParty[];
  /** The authorities of the synthetic chips, which accounts trusts unless it is given others. */
  readonly chips: ChipKeys;
}

/** What single services are told besides what all are. */
export async function serviceSettings(
  options: ServiceOptions,
  name: ServiceName,
  surroundings: Surroundings,
): Promise<unknown> {
  const { keys, witness, gatewayUrl, publicUrl, demoParties, outboxPort, chips } = surroundings;
  switch (name) {
    case 'accounts':
      return {
        ...{ gatewayUrl, publicUrl, outboxPort, syntheticTrust: chips.trust },
        systemKey: await keys.key('accounts.system'),
        messageKey: await keys.key('accounts.messages'),
        otpKey: await keys.key('accounts.otp'),
        ...options.accounts,
      };
    case 'sharing':
      // Whoever runs the demonstration's desk runs it on this machine.
      return {
        ...{ gatewayUrl, publicUrl, demoParties, allowLoopback: demoParties.length > 0 },
        ...(await sharingKeys(keys)),
        ...options.sharing,
      };
    case 'access-log':
      return {
        ...options.accessLog,
        gatewayUrl,
        systemKey: await keys.key('access-log.system'),
        witnesses: witness === null ? [] : [witness],
        ...(await logIdentity(options, keys)),
      };
    default:
      return undefined;
  }
}

/** What makes the access log itself: its name, and its keys, which are kept outside its database. */
export async function logIdentity(
  { logName }: ServiceOptions,
  keys: KeyFolder,
): Promise<Record<string, unknown>> {
  return {
    pseudonymKey: await keys.key('access-log.pseudonym'),
    detailKey: await keys.key('access-log.detail'),
    signingKey: await keys.key('access-log.signing'),
    ...((logName ?? null) === null ? {} : { name: logName }),
  };
}

/** What sharing signs and hides with. */
async function sharingKeys(keys: KeyFolder): Promise<Partial<SharingSettings>> {
  return {
    systemKey: await keys.key('sharing.system'),
    signingKey: await keys.key('sharing.signing'),
    pairwiseKey: await keys.key('sharing.pairwise'),
    cookieKey: await keys.key('sharing.cookie'),
    nonceKey: await keys.key('sharing.nonce'),
  };
}

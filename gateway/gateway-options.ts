import type { Clock, Log, Tracer } from '@dinhdanh/kit';
import type { AppendEntries } from './doors/append-entry.ts';
import type { UsedProofs } from './dpop/used-proofs.ts';
import type { GatewaySettings } from './settings.ts';
import type { Stage } from './stage.ts';

/** What a gateway is started with. */
export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** `http://host:port` of each service. */
  readonly services: Readonly<Record<string, string>>;
  /** The caller-token key of each service. */
  readonly callerKeys: Readonly<Record<string, Buffer>>;
  /** The keys of our own services that ask through the front door. */
  readonly systemKeys: Readonly<Record<string, Buffer>>;
  /** Hides network addresses before they go anywhere. */
  readonly addressKey: Buffer;
  /** SDL of the supergraph. */
  readonly supergraph: string;
  /** The file it was read from: a change of it is taken up while the gateway runs. Not watched where it is left out. */
  readonly supergraphFile?: string | null;
  /** Manifests of trusted documents, watched as well. None where it is left out. */
  readonly documentFiles?: readonly string[];
  /** Where the desk of the demonstration's relying parties is; `/desk` sends on to it. */
  readonly deskUrl?: string | null;
  /** Where the reader of chips is that stands for a telephone; `/reader` tells, and the screens may ask it. */
  readonly readerUrl?: string | null;
  /** The folder of the built screens; null serves none. */
  readonly webRoot: string | null;
  readonly log: Log;
  readonly clock: Clock;
  /** Makes the spans of requests; nothing is traced where it is left out. */
  readonly tracer?: Tracer;
  readonly settings: Partial<GatewaySettings>;
  /** Where several gateways remember used DPoP proofs together; in this process where it is left out. */
  readonly usedProofs?: UsedProofs;
  /**
   * What stands in for the access log. For tests and benches alone: with it a gateway can be built whose gate was taken out,
   * to prove that its absence is noticed. No setting and no variable of the environment leads here.
   */
  readonly accessLog?: AppendEntries;
  /**
   * The row in place of the gateway's own. For benches alone, which tell what stages cost by leaving them out. No setting
   * and no variable of the environment leads here.
   */
  readonly row?: readonly Stage[];
}

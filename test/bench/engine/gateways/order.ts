/** What a gateway of the bench is started with. */
export interface GatewayOrder {
  /** SDL with the URLs of the running subgraphs. */
  readonly supergraph: string;
  /** URL of each subgraph, without a path. */
  readonly services: Readonly<Record<string, string>>;
  /** Which of the variants of this gateway; the empty word where there is one. */
  readonly variant: string;
  /** Whether requests that are alike may share an execution or a request to a subgraph. */
  readonly sharing: boolean;
  /** Which requests will come: for servers written by hand. */
  readonly requests: 'profile' | 'wide' | 'tiny' | 'cold';
}

/** The order of this process, which the parent sends as its first message. */
export function takeOrder(): Promise<GatewayOrder> {
  return new Promise((resolve) => {
    process.once('message', (given) => resolve(given as GatewayOrder));
  });
}

/** Connections a gateway of ours may open to a subgraph: the peers set no bound, and 200 clients are to be served at once. */
export const CONNECTIONS = 256;

/** Opens a dataset and the ports of its subgraphs. */
export interface OpenOrder {
  readonly kind: 'open';
  readonly dataset: 'profile' | 'catalogue';
  readonly requests: 'profile' | 'wide' | 'tiny' | 'cold';
  /** How long each subgraph takes to answer. */
  readonly delayMs: number;
  /** How many of the requests are used at most. */
  readonly most: number;
}

/** Where the subgraphs are. */
export interface Opened {
  readonly services: Readonly<Record<string, string>>;
  /** SDL with these URLs. */
  readonly supergraph: string;
  /** How many different requests there are. */
  readonly requests: number;
}

/** Sends a gateway each request once and holds its answers against those of the first gateway that was checked. */
export interface CheckOrder {
  readonly kind: 'check';
  readonly gateway: string;
  readonly port: number;
  readonly connections: number;
}

/** Whether they agree, as JSON. */
export interface Checked {
  readonly sameAnswer: boolean;
  /** The beginnings of the first answers that were others. */
  readonly different: readonly string[];
  /** Length of the answer to the first request. */
  readonly bytes: number;
}

/** Measures a gateway that was checked. */
export interface LoadOrder {
  readonly kind: 'load';
  readonly gateway: string;
  readonly port: number;
  readonly pid: number;
  readonly connections: number;
  /** Under load, but not measured. */
  readonly leadSeconds: number;
  readonly leadAnswers: number;
  readonly seconds: number;
  /** The first request, and how many at most; without a limit they are repeated. */
  readonly from: number;
  readonly most?: number;
}

/** What came of it; CPU and memory are the gateway's. */
export interface Measured {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsEach: number;
  /** Share of one core. */
  readonly busy: number;
  readonly peakKb: number;
  /** Requests to subgraphs for each request of a client. */
  readonly askedEach: number;
  /** Requests to subgraphs that could not be replayed. */
  readonly unknown: number;
  /** Answers that were not those of the check. */
  readonly wrong: number;
}

/** What the process of the subgraphs and clients is told to do. */
export type WireOrder = OpenOrder | CheckOrder | LoadOrder;

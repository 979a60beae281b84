/**
 * What is switched on in a gateway. `engine` is no gateway: engine and upstream client behind plain node:http, told beside
 * the others. `nothing` is the gateway with everything named here left out of its row; each that follows has one thing more.
 */
export const variants = ['engine', 'nothing', 'limits', 'policy', 'tokens', 'log', 'traces'] as const;

/** One of them. */
export type Variant = (typeof variants)[number];

/** What all others are held against. */
export const BASE = 'nothing' satisfies Variant;

/** Whether a gateway has a thing switched on. */
export function has(variant: Variant, thing: Variant): boolean {
  return variants.indexOf(variant) >= variants.indexOf(thing);
}

/** What a gateway of the bench is started with. */
export interface GatewayOrder {
  readonly variant: Variant;
  /** `http://host:port` of each service. */
  readonly services: Readonly<Record<string, string>>;
  /** Where the keys are. */
  readonly dataFolder: string;
  readonly collector: string;
}

/** What a gateway is told besides: tell your processor time, begin or end a profile, end. */
export type GatewayWord = 'cpu' | 'end' | { readonly file: string };

/** What a gateway tells of itself when it is asked. */
export interface GatewayState {
  readonly cpuMicros: number;
}

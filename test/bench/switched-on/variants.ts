/** What is switched on in a gateway, each with all that stands before it. */
export const variants = ['nothing', 'guarded', 'logged', 'traced'] as const;

/** One of them. */
export type Variant = (typeof variants)[number];

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

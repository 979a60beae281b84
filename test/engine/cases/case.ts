import type { World } from '../world.ts';

/** One feature of Federation: services, data and operations whose answers are compared. */
export interface Case {
  readonly title: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Composed elsewhere, where the product's composer refuses. */
  readonly supergraph?: string;
  readonly world: () => World;
  /** Operations, each with its variables. */
  readonly asks: readonly (string | readonly [query: string, variables: Readonly<Record<string, unknown>>])[];
}

const directives =
  '"@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag", "@interfaceObject", "@extends"';

/** SDL of a service that speaks Federation 2. */
export const fed2 = (sdl: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${directives}])\n${sdl}`;

/** The services that run on a port and a database of their own, in the order of their ports; each is a subgraph of the same name. */
export const serviceNames = [
  'population',
  'immigration',
  'driving-licences',
  'vehicles',
  'social-insurance',
  'accounts',
  'sharing',
  'access-log',
] as const;

/** Name of a service: also its subgraph in the supergraph and the audience of its caller tokens. */
export type ServiceName = (typeof serviceNames)[number];

/** Our own services; all others are registries of the state. */
const ownServices: ReadonlySet<string> = new Set(['accounts', 'sharing', 'access-log']);

/** The registries of the state: every service but the accounts, sharing and the access log. */
export const registryNames = serviceNames.filter((name) => !ownServices.has(name));

/** Every subgraph of the supergraph: the services, and `caller`, which the gateway answers in its own process. */
export const subgraphNames = [...serviceNames, 'caller'] as const;

/** Name of a subgraph in the supergraph. */
export type SubgraphName = (typeof subgraphNames)[number];

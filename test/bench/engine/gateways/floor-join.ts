/** Sends a subgraph one request, JSON text, and gives the data of its answer. */
export type Ask = (service: string, body: string) => Promise<Answered>;

/** Data as it was answered; what is in it is known to whoever wrote the request. */
// oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the request, and nothing is checked here
export type Answered = any;

/** Fetches and joins the whole answer to one of the bench's queries. */
export type Join = (ask: Ask, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Makes the text of a request for entities but for its representations; those are written into it as JSON text. */
export function entityRequest(selection: string): (representations: string) => string {
  const query = JSON.stringify(`query($r:[_Any!]!){_entities(representations:$r){${selection}}}`);
  return (representations) => `{"query":${query},"variables":{"r":[${representations}]}}`;
}

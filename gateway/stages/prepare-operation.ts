import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';

/**
 * Reads the operation: parsed, validated in full, counted, every client name taken out. What cannot be run is refused
 * here, before anybody is looked up and before the planner sees it.
 *
 * @throws EngineRefusal
 */
export function prepareOperation(exchange: Exchange): void {
  const { engine, documents } = exchange.served;
  const body = filled(exchange, 'body');
  exchange.prepared = engine.prepare(body);
  // Only now: what is no document of this schema takes no room among those that are.
  if (body.register !== null) documents.automatic.keep(body.register, body.query);
}

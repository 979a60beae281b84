import { EngineRefusal } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';

/**
 * Reads the operation: parsed, validated in full, counted, weighed, every client name taken out. What cannot be run is refused
 * here, before anybody is looked up and before the planner sees it.
 *
 * @throws EngineRefusal
 */
export function prepareOperation(exchange: Exchange, { metrics }: Pick<Rooms, 'metrics'>): void {
  const { engine, documents } = exchange.served;
  const body = filled(exchange, 'body');
  try {
    exchange.prepared = engine.prepare(body);
    metrics.operationRead(engine.costOf(exchange.prepared));
  } catch (refusal) {
    if (refusal instanceof EngineRefusal && refusal.numbers !== null)
      metrics.operationRead(refusal.numbers.cost);
    throw refusal;
  }
  // Only now: what is no document of this schema takes no room among those that are.
  if (body.register !== null) documents.automatic.keep(body.register, body.query);
}

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
  const { engine } = exchange.served;
  try {
    exchange.prepared = engine.prepare(filled(exchange, 'body'));
    metrics.operationRead(engine.costOf(exchange.prepared));
  } catch (refusal) {
    if (refusal instanceof EngineRefusal && refusal.numbers !== null)
      metrics.operationRead(refusal.numbers.cost);
    throw refusal;
  }
}

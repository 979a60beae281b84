import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';

/**
 * Reads the operation: parsed, validated in full, counted, every client name taken out. What cannot be run is refused
 * here, before anybody is looked up and before the planner sees it.
 *
 * @throws EngineRefusal
 */
export function prepareOperation(exchange: Exchange): void {
  exchange.prepared = exchange.served.engine.prepare(filled(exchange, 'body'));
}

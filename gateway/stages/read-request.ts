import { AppError } from '@dinhdanh/kit';
import type { Exchange, GraphqlRequest } from '../exchange.ts';
export function readRequest(exchange: Exchange): void {
  const body = exchange.request.body;
  if (!Buffer.isBuffer(body)) throw new AppError('BAD_USER_INPUT', { field: 'body' });
  exchange.body = JSON.parse(body.toString('utf8')) as GraphqlRequest;
}

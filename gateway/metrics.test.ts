import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('every number stands under its name, with codes and services alone for labels', async () => {
  let plans = 1;
  const metrics = createMetrics({
    breakers: () => ({ vehicles: 'open', accounts: 'closed' }),
    requestsUnderWay: () => 3,
    engine: () => ({ plans_made: plans }),
    unwrittenEntries: () => 7,
    traceSpans: () => ({ exported: 9, dropped: 2, failed: 0 }),
  });
  metrics.requestEnded('OK', 12);
  metrics.requestEnded('RATE_LIMITED', 1);
  metrics.refusedBeforePlanning('QUERY_TOO_COSTLY');
  metrics.operationRead(36);
  metrics.callEnded({ service: 'vehicles', outcome: 'timeout', durationMs: 2_000 });
  metrics.appendWaited(3);
  metrics.entryWritten('intent');
  metrics.refusedForLog();
  metrics.entriesLost(4);
  await metrics.print();
  plans = 5;
  const lines = (await metrics.print()).split('\n');

  for (const line of [
    'dinhdanh_request_duration_seconds_count{outcome="OK"} 1',
    'dinhdanh_request_duration_seconds_bucket{le="0.01",outcome="OK"} 0',
    'dinhdanh_request_duration_seconds_bucket{le="0.025",outcome="OK"} 1',
    'dinhdanh_request_duration_seconds_count{outcome="RATE_LIMITED"} 1',
    'dinhdanh_requests_refused_before_planning_total{code="QUERY_TOO_COSTLY"} 1',
    'dinhdanh_operation_cost_bucket{le="25"} 0',
    'dinhdanh_operation_cost_bucket{le="50"} 1',
    'dinhdanh_source_call_duration_seconds_sum{service="vehicles",outcome="timeout"} 2',
    'dinhdanh_source_breaker_state{service="vehicles",state="open"} 1',
    'dinhdanh_source_breaker_state{service="vehicles",state="closed"} 0',
    'dinhdanh_source_breaker_state{service="accounts",state="closed"} 1',
    'dinhdanh_requests_under_way 3',
    'dinhdanh_trace_spans_total{what="dropped"} 2',
    'dinhdanh_engine_total{what="plans_made"} 5',
    'dinhdanh_access_log_wait_seconds_bucket{le="0.002"} 0',
    'dinhdanh_access_log_wait_seconds_bucket{le="0.005"} 1',
    'dinhdanh_access_log_entries_total{event="intent"} 1',
    'dinhdanh_requests_refused_for_access_log_total 1',
    'dinhdanh_access_log_lost_entries_total 4',
    'dinhdanh_access_log_unwritten_entries 7',
  ]) {
    expect(lines).toContain(line);
  }
  expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_p99_seconds'))).toBe(true);
  expect(metrics.contentType).toMatch(/^text\/plain/);
});

test('two gateways in one process keep their numbers apart', async () => {
  const sources = {
    breakers: () => ({}),
    requestsUnderWay: () => 0,
    engine: () => ({}),
    unwrittenEntries: () => 0,
    traceSpans: () => ({}),
  };
  const [one, other] = [createMetrics(sources), createMetrics(sources)];
  one.requestEnded('OK', 1);
  expect(await other.print()).not.toContain('outcome="OK"');
});

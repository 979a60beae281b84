import type { AuditStatisticsQuery } from '../../generated/audit-operations.ts';

/** What is counted of readings. */
export type Statistics = NonNullable<AuditStatisticsQuery['accessStatistics']>;

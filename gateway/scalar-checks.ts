import type { ScalarCheck } from './engine/index.ts';

/** What each custom scalar of the schema looks like; a source that answers otherwise is lying or broken. */
export const scalarChecks: Readonly<Record<string, ScalarCheck>> = {
  Date: text(/^\d{4}-\d{2}-\d{2}$/),
  DateTime: text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
  PartialDate: text(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  CountryCode: text(/^[A-Z]{3}$/),
  DataUrl: text(/^data:image\/(svg\+xml|png|jpeg);/),
  VND: (value) => Number.isSafeInteger(value),
};

function text(pattern: RegExp): ScalarCheck {
  return (value) => typeof value === 'string' && pattern.test(value);
}

/** docs/events.md from the kit's catalogue of log lines, event → sentence. Pure. */
export function eventPage(events: Readonly<Record<string, string>>): string {
  const rows = Object.entries(events).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return [
    '# Log events',
    '',
    'Made from `subgraphs/kit/log-events.ts` by `npm run pages`; not to be edited.',
    '',
    'A log line is an event of this list, with counts, codes, names of services and opaque request ids. There is no field',
    'for free text, so no name and no number of a person can be in a line. Search and alarm on the event, never on prose.',
    'An event that says "Alarm" calls a person.',
    '',
    '| Event | Says |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

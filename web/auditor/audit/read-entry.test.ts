import { sampleEntry } from '@dinhdanh/access-log/testing';
import { encodeEntry } from '@dinhdanh/access-log/tlog';
import { expect, it } from 'vitest';
import { readEntry } from './read-entry.ts';
import { exportCommand, logCommand } from './verify-command.ts';

it('an entry of the log is read from its bytes, in the words of the schema', () => {
  const logged = sampleEntry(7, { delayedDisclosure: true, caseId: 'VV-1' });
  const bytes = encodeEntry(logged);
  const { version: _version, salt: _salt, event: _event, outcome: _outcome, actor, ...same } = logged;
  expect(readEntry(bytes.ok ? bytes.value.toString() : '')).toEqual({
    ...same,
    event: 'READ',
    outcome: 'RELEASED',
    actor: { ...actor, kind: 'RELYING_PARTY' },
  });
});

it.each(['', 'null', '[]', '{}', '{"time":7}', 'words'])('%j is no entry', (text) => {
  expect(readEntry(text)).toBeNull();
});

it('of what is not in the words of this version the rest is read', () => {
  expect(
    readEntry('{"time":"2026-11-21T00:00:00.000Z","event":"new","actor":{"kind":"robot"}}'),
  ).toMatchObject({
    event: null,
    outcome: null,
    actor: { kind: null, id: null },
    claims: [],
  });
});

it('commands for the verifier take keys and names as one word each, whatever is in them', () => {
  const keys = { logKeys: ['log.example+1+a='], witnessKeys: ['w1', "it's"] };
  expect(logCommand({ site: 'http://localhost:4000', ...keys })).toBe(
    [
      'npx dinhdanh-verify',
      "--log 'http://localhost:4000/log'",
      "--log-key 'log.example+1+a='",
      "--witness-key 'w1'",
      String.raw`--witness-key 'it'\''s'`,
      '--last-seen dinhdanh-last-seen',
    ].join(' \\\n  '),
  );
  expect(exportCommand('a.jsonl', keys)).toContain("--export 'a.jsonl'");
});

import { listText, quoted } from '@dinhdanh/kit';
import type { AppendEntry, EntryActor, EntryDetail } from './entry.ts';

/**
 * An entry as JSON text. Made for every answer, so each member is written by its name; the longest lists are of the plan and
 * written with it ({@link listText}).
 */
export function entryText(entry: AppendEntry): string {
  const { pseudonyms, completesOrigin, detail } = entry;
  const done = `"time":${quoted(entry.time)},"event":${quoted(entry.event)},"actor":${actorText(entry.actor)}`;
  const about = `"subjects":${shortList(entry.subjects)}${pseudonyms === undefined ? '' : `,"pseudonyms":${shortList(pseudonyms)}`}`;
  const why = `"purpose":${quoted(entry.purpose)},"legalBasis":${quoted(entry.legalBasis)}`;
  const under = `"consentId":${orNull(entry.consentId)},"caseId":${orNull(entry.caseId)}`;
  const what = `"claims":${listText(entry.claims)},"sources":${shortList(entry.sources)},"refusal":${orNull(entry.refusal)}`;
  const how = `"operationHash":${orNull(entry.operationHash)},"policyVersion":${quoted(entry.policyVersion)}`;
  const by = `"requestId":${quoted(entry.requestId)},"level":${entry.level},"completes":${entry.completes}`;
  const of = completesOrigin === undefined ? '' : `,"completesOrigin":${quoted(completesOrigin)}`;
  const beside = detail === undefined ? '' : `,"detail":${detailText(detail)}`;
  return `{${done},${about},${why},${under},${what},${how},${by}${of}${beside}}`;
}

function actorText({ kind, number, id, name, session }: EntryActor): string {
  const numbered = number === undefined ? '' : `,"number":${quoted(number)}`;
  const named = `${id === undefined ? '' : `,"id":${quoted(id)}`}${name === undefined ? '' : `,"name":${quoted(name)}`}`;
  return `{"kind":${quoted(kind)}${numbered}${named},"session":${orNull(session)}}`;
}

function detailText({ fields, address, device }: EntryDetail): string {
  return `{"fields":${listText(fields)},"address":${orNull(address)},"device":${orNull(device)}}`;
}

function orNull(text: string | null): string {
  return text === null ? 'null' : quoted(text);
}

/** A list of few. */
function shortList(texts: readonly string[]): string {
  let written = '';
  for (const text of texts) written += written === '' ? quoted(text) : `,${quoted(text)}`;
  return `[${written}]`;
}

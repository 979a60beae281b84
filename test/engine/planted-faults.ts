import type { FetchSource, SourceAnswer } from '@dinhdanh/gateway/engine';
import type { Wrap } from './federate.ts';

type Data = Record<string, unknown>;

const onAnswer =
  (change: (answer: SourceAnswer & { ok: true }, data: Data) => SourceAnswer): Wrap =>
  (fetch): FetchSource =>
  async (request) => {
    const answer = await fetch(request);
    if (!answer.ok || typeof answer.data !== 'object' || answer.data === null) return answer;
    return change(answer, answer.data as Data);
  };

/** Changes what is sent. */
const onRequest =
  (change: (body: { query: string; variables: Data }) => void): Wrap =>
  (fetch): FetchSource =>
  (request) => {
    const body = JSON.parse(request.body) as { query: string; variables: Data };
    change(body);
    return fetch({ ...request, body: JSON.stringify(body) });
  };

const isOurs = (key: string): boolean => /^c_\d+$/u.test(key);

/** What an executor could do wrong between asking and answering; each has to be noticed. */
export const plantedFaults: Readonly<Record<string, Wrap>> = {
  'the values of two entities are exchanged, their keys kept': onAnswer((answer, data) => {
    for (const list of Object.values(data)) {
      if (!Array.isArray(list)) continue;
      const [one, two] = list as (Data | null)[];
      if (!one || !two) continue;
      for (const key of Object.keys(one).filter(isOurs)) {
        if (!(key in two)) continue;
        [one[key], two[key]] = [two[key], one[key]];
      }
    }
    return answer;
  }),
  'an error is dropped and its null left': onAnswer((answer) => ({ ...answer, errors: [] })),
  'an error loses the index of its item': onAnswer((answer) => ({
    ...answer,
    errors: answer.errors?.map((error) => ({
      ...error,
      path: (error.path as (string | number)[]).filter(
        (segment, at) => at < 2 || typeof segment === 'string',
      ),
    })),
  })),
  'the last item of a list is lost': onAnswer((answer, data) => {
    for (const [key, value] of Object.entries(data)) if (isOurs(key) && Array.isArray(value)) value.pop();
    return answer;
  }),
  'an empty list is answered as null': onAnswer((answer, data) => {
    for (const [key, value] of Object.entries(data)) {
      if (isOurs(key) && Array.isArray(value) && value.length === 0) data[key] = null;
    }
    return answer;
  }),
  'the answers for two entities are exchanged, keys and all': onAnswer((answer, data) => {
    for (const list of Object.values(data)) if (Array.isArray(list) && list.length > 1) list.reverse();
    return answer;
  }),
  'a field is answered for another': onAnswer((answer, data) => {
    const entities = Array.isArray(data['_entities']) ? (data['_entities'] as (Data | null)[]) : [data];
    for (const each of entities) {
      const [one, other] = Object.keys(each ?? {}).filter(isOurs);
      if (!each || one === undefined || other === undefined) continue;
      [each[one], each[other]] = [each[other], each[one]];
    }
    return answer;
  }),
  'a request of the plan is not sent': (fetch) => (request) =>
    request.step > 0
      ? Promise.resolve({ ok: true, data: { _entities: request.entityKeys.map(() => null) } })
      : fetch(request),
  'an argument is lost': onRequest((body) => {
    body.query = body.query.replaceAll(/\(n:\s*[^)]*\)/gu, '');
  }),
  'the value of a variable is lost': onRequest(({ variables }) => {
    for (const name of Object.keys(variables ?? {})) if (name !== 'representations') variables[name] = null;
  }),
  'what a field requires is sent as null': onRequest(({ variables }) => {
    for (const each of (variables?.['representations'] ?? []) as Data[]) {
      for (const name of Object.keys(each)) if (/^f\d+$/u.test(name)) each[name] = null;
    }
  }),
};

import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AnyVariables, Client, TypedDocumentNode } from 'urql';
import { type Answer, answerOf } from '../../api/answer.ts';
import { operationOf } from '../../api/operation-of.ts';

/** What was read under one case. Each look is written down, so nothing is read twice unless somebody asks for it. */
export interface Memory {
  readonly stateOf: (key: string) => Remembered;
  /** Asks, unless it was asked before. */
  readonly need: <Data, Variables extends AnyVariables>(
    key: string,
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    anew?: boolean,
  ) => void;
  readonly subscribe: (told: () => void) => () => void;
  /** What a reader is called in public, as far as an answer has said it. */
  readonly nameOf: (id: string) => string | null;
}

/** One question and how far it is. */
interface Remembered {
  readonly answer: Answer<unknown> | null;
  readonly asking: boolean;
  readonly at: Date | null;
}

/** The same with the type of its data. */
export interface Kept<Data> {
  readonly answer: Answer<Data> | null;
  readonly asking: boolean;
  /** When it was read. */
  readonly at: Date | null;
  readonly again: () => void;
}

const unasked: Remembered = { answer: null, asking: false, at: null };

/** A memory of its own for a case. It lives as long as the page. */
export function createMemory(client: Client): Memory {
  const known = new Map<string, Remembered>();
  const names = new Map<string, string>();
  const listeners = new Set<() => void>();
  const set = (key: string, state: Remembered): void => {
    known.set(key, state);
    for (const told of listeners) told();
  };
  return {
    stateOf: (key) => known.get(key) ?? unasked,
    need: (key, document, variables, anew = false) => {
      const before = known.get(key);
      if (before?.asking === true || (before !== undefined && !anew)) return;
      set(key, { answer: before?.answer ?? null, asking: true, at: before?.at ?? null });
      void client
        .query(document, variables, { requestPolicy: 'network-only' })
        .toPromise()
        .then((result) => {
          const answer = answerOf<unknown>(result);
          rememberNames(answer.data, names);
          // What failed was read at no time.
          const at = answer.data === null ? (before?.at ?? null) : new Date();
          set(key, { answer, asking: false, at });
        });
    },
    subscribe: (told) => {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    nameOf: (id) => names.get(id) ?? null,
  };
}

const MemoryContext = createContext<Memory | null>(null);

/** Gives the memory to everything below it. */
export const MemoryProvider = MemoryContext.Provider;

/** The memory of the case. @throws Error outside of a case: a fault of the page */
export function useMemory(): Memory {
  const memory = useContext(MemoryContext);
  if (memory === null) throw new Error('there is no case yet');
  return memory;
}

/** Asks once in a case, however often the screen is left and entered; `again` asks anew. */
export function useKept<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Kept<Data> {
  const memory = useMemory();
  const key = `${operationOf(document)} ${JSON.stringify(variables)}`;
  const state = useSyncExternalStore(memory.subscribe, () => memory.stateOf(key));
  useEffect(() => memory.need(key, document, variables));
  return {
    answer: state.answer as Answer<Data> | null,
    asking: state.asking,
    at: state.at,
    again: () => memory.need(key, document, variables, true),
  };
}

/** Takes up every `{ id, name }` of an answer. */
function rememberNames(value: unknown, names: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { id, name } = value as { id?: unknown; name?: unknown };
  if (typeof id === 'string' && typeof name === 'string') names.set(id, name);
  for (const inner of Object.values(value)) rememberNames(inner, names);
}

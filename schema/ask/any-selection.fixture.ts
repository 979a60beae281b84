import fc from 'fast-check';
import { type GraphQLSchema, parse, visit } from 'graphql';
import { leafPaths } from '../checks/leaf-paths.ts';
import { AskError } from './ask-error.ts';
import { readAsk } from './read-ask.ts';

/** One step of a way to a leaf, as text: `ageOver(years: 18)`, with the condition it stands in. */
interface WrittenStep {
  readonly on: string | null;
  readonly call: string;
}

/** A way to a leaf below the root, as text. */
export type WrittenPath = readonly WrittenStep[];

/** Every way to a leaf below `person` that may be asked, one by one, over every kind of person. */
export function shareablePaths(schema: GraphQLSchema): readonly WrittenPath[] {
  return [...leafPaths(schema)]
    .filter((query) => query.startsWith('query { person ') && isShareable(query, schema))
    .map(writtenPath);
}

function isShareable(query: string, schema: GraphQLSchema): boolean {
  try {
    return readAsk({ query }, schema).leaves.length > 0;
  } catch (error) {
    if (error instanceof AskError) return false;
    throw error;
  }
}

function writtenPath(query: string): WrittenPath {
  const steps: WrittenStep[] = [];
  let on: string | null = null;
  visit(parse(query), {
    InlineFragment: ({ typeCondition }) => {
      on = typeCondition?.name.value ?? null;
    },
    Field: ({ name, arguments: given, loc }) => {
      const text = query.slice(loc?.start, loc?.end);
      steps.push({ on, call: (given ?? []).length > 0 ? text.slice(0, text.indexOf(')') + 1) : name.value });
      on = null;
    },
  });
  return steps;
}

/** Draws how a selection is written: the order, the aliases, the fragments, the spaces. */
export interface Pen {
  /** A whole number below `limit`. */
  readonly draw: (limit: number) => number;
}

/** A pen that an arbitrary moves. */
export function penOf(draws: readonly number[]): Pen {
  let at = 0;
  return {
    draw: (limit) => {
      const drawn = draws[at % draws.length] ?? 0;
      at += 1;
      return (drawn + at) % limit;
    },
  };
}

/** A pen like any other. */
export const anyPen: fc.Arbitrary<Pen> = fc.array(fc.nat(997), { minLength: 40, maxLength: 80 }).map(penOf);

/** A query for these paths, written by a pen: every pen asks for the same. */
export function writeQuery(paths: readonly WrittenPath[], schema: GraphQLSchema, pen: Pen): string {
  const fragments: string[] = [];
  let names = 0;
  const fresh = (): string => `x${(names += 1)}`;
  const space = (): string => [' ', '\n', ' , ', '  # a remark\n'][pen.draw(4)] ?? ' ';

  const write = (below: readonly WrittenPath[], depth: number, type: string): string => {
    const groups = Map.groupBy(below, (path) => path[depth]?.on ?? null);
    const parts = [...groups].flatMap(([on, inside]) => {
      const fields = inField(inside, depth, on ?? type);
      return on === null ? fields : [`... on ${on} {${space()}${fields.join(space())} }`];
    });
    return shuffled(parts, pen).join(space());
  };
  const inField = (below: readonly WrittenPath[], depth: number, type: string): string[] => {
    const calls = Map.groupBy(below, (path) => path[depth]?.call ?? '');
    return [...calls].flatMap(([call, inside]) => {
      const returned = returnedType(schema, type, call);
      const isLeaf = inside.some((path) => path.length === depth + 1);
      if (isLeaf) return pen.draw(4) === 0 ? [named(call), wrapped(named(call), type)] : [named(call)];
      // A field in two halves, each with a part of what is below it.
      const cut = pen.draw(inside.length + 1);
      const halves = [inside.slice(0, cut), inside.slice(cut)].filter((half) => half.length > 0);
      return halves.map((half) => {
        const text = `${named(call)} {${space()}${write(half, depth + 1, returned)} }`;
        return wrapped(text, type);
      });
    });
  };
  const named = (call: string): string =>
    pen.draw(3) === 0 || call.includes('(') ? `${fresh()}: ${call}` : call;
  const wrapped = (text: string, type: string): string => {
    const way = pen.draw(5);
    if (way === 1) return `... {${space()}${text} }`;
    if (way === 2) return `... on ${type} {${space()}${text} }`;
    if (way !== 3) return text;
    const name = fresh();
    fragments.push(`fragment ${name} on ${type} { ${text} }`);
    return `... ${name}`;
  };
  const body = write(paths, 0, 'Query');
  const head = ['', 'query', `query ${fresh()}`][pen.draw(3)] ?? '';
  return [`${head} {${space()}${body} }`, ...fragments].join('\n');
}

function returnedType(schema: GraphQLSchema, type: string, call: string): string {
  const name = call.split('(')[0] ?? '';
  const parent = schema.getType(type);
  const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
  return field ? String(field.type).replaceAll(/[![\]]/g, '') : '';
}

function shuffled<Item>(items: readonly Item[], pen: Pen): Item[] {
  return items
    .map((item) => ({ item, place: pen.draw(1000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

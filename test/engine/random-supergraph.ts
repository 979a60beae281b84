import { fed2 } from './cases/case.ts';
import type { Dice } from './dice.ts';

/** A field of a drawn type, with the services that answer it. */
export interface DrawnField {
  readonly name: string;
  /** `Int`, `String`, `Float`, `Colour` or the name of a drawn type. */
  readonly of: string;
  /** Around the named type, from inside out: `!` and `[]`. */
  readonly wraps: readonly ('!' | '[]')[];
  readonly owners: readonly number[];
  readonly hasArgument: boolean;
  /** A field set; the owner is sent it. */
  readonly requires: string | null;
  /** A field of the type it leads to, which its owner serves here though it is another's. */
  readonly provides: string | null;
}

/** An entity, a value type, an interface or a union. */
export interface DrawnType {
  readonly kind: 'entity' | 'value' | 'interface' | 'union';
  readonly name: string;
  readonly fields: DrawnField[];
  /** Key field sets by service. */
  readonly keys: ReadonlyMap<number, readonly string[]>;
  /** Services to which the key is external: they are sent it and need not repeat it. */
  readonly sentKeys: Set<number>;
  readonly members: readonly string[];
}

/** A drawn federation before it is composed. */
export interface Drawn {
  readonly services: number;
  readonly types: readonly DrawnType[];
  readonly roots: readonly DrawnField[];
  readonly subgraphs: Readonly<Record<string, string>>;
}

const scalars = ['Int', 'String', 'Float', 'Colour', 'ID'];
const keyFields: Readonly<Record<string, string>> = { id: 'ID!', code: 'String!', part: 'Part!', no: 'Int!' };

/** Draws services, types and who owns what; not every drawing composes. */
export function drawFederation(dice: Dice): Drawn {
  const services = 2 + dice.throw(3);
  const entities = Array.from({ length: 1 + dice.throw(3) }, (_, at) => `E${at}`);
  const values = Array.from({ length: dice.throw(3) }, (_, at) => `V${at}`);
  const unions = dice.once(2) && entities.length > 1 ? ['U0'] : [];
  const interfaces = dice.once(2) ? ['I0'] : [];
  const names = [...entities, ...values, ...unions, ...interfaces];
  const members = (): readonly string[] => {
    const chosen = entities.filter(() => !dice.once(3));
    return chosen.length === 0 ? [entities[0] ?? ''] : chosen;
  };
  const types: DrawnType[] = [
    ...entities.map((name) => drawEntity(dice, name, services, names)),
    ...values.map((name, at) => drawValue(dice, name, values.slice(0, at))),
    ...unions.map(
      (name): DrawnType => ({
        kind: 'union',
        name,
        fields: [],
        keys: new Map(),
        sentKeys: new Set(),
        members: members(),
      }),
    ),
    ...interfaces.map(
      (name): DrawnType => ({
        kind: 'interface',
        name,
        fields: [],
        keys: new Map(),
        sentKeys: new Set(),
        members: members(),
      }),
    ),
  ];
  for (const type of types) if (type.kind === 'entity') drawRequirements(dice, type, types);
  for (const type of types) if (type.kind === 'entity') drawProvided(dice, type, types);
  const roots = Array.from({ length: 1 + dice.throw(4) }, (_, at) => {
    const field = drawField(
      dice,
      `q${at}`,
      services,
      dice.once(8) ? scalars : dice.once(2) ? names : entities,
      0,
    );
    return { ...field, owners: [field.owners[0] ?? 0] };
  });
  for (const type of types) if (type.kind === 'entity') drawSentKeys(dice, type, types, roots);
  const drawn = { services, types, roots };
  return { ...drawn, subgraphs: printServices(drawn) };
}

function drawEntity(dice: Dice, name: string, services: number, names: readonly string[]): DrawnType {
  const keys = new Map<number, readonly string[]>();
  const sets = ['id', 'code', 'id no', 'part { a }', 'part { a b } no'].filter(() => dice.once(2));
  if (sets.length === 0) sets.push('id');
  for (let service = 0; service < services; service += 1) {
    const chosen = sets.filter((_, at) => (at === 0 ? !dice.once(4) : dice.once(2)));
    keys.set(service, chosen.length === 0 ? [dice.pick(sets)] : chosen);
  }
  const fields = Array.from({ length: 2 + dice.throw(5) }, (_, at) =>
    drawField(dice, `f${at}`, services, dice.once(2) ? scalars : names, at),
  );
  return { kind: 'entity', name, fields, keys, sentKeys: new Set(), members: [] };
}

function drawValue(dice: Dice, name: string, others: readonly string[]): DrawnType {
  const fields = Array.from({ length: 1 + dice.throw(3) }, (_, at) =>
    drawField(dice, `v${at}`, 1, others.length > 0 && dice.once(3) ? others : scalars, 9),
  );
  return {
    kind: 'value',
    name,
    fields: fields.map((each) => ({ ...each, hasArgument: false })),
    keys: new Map(),
    sentKeys: new Set(),
    members: [],
  };
}

function drawField(
  dice: Dice,
  name: string,
  services: number,
  names: readonly string[],
  at: number,
): DrawnField {
  const of = dice.pick(names);
  const wraps = dice.pick([
    [],
    [],
    [],
    ['!'],
    ['[]'],
    ['!', '[]'],
    ['[]', '!'],
    ['!', '[]', '!'],
    ['[]', '[]'],
  ] as const);
  const owners = [dice.throw(services)];
  if (scalars.includes(of) && at < 9 && dice.once(4)) owners.push((owners[0] ?? 0) === 0 ? services - 1 : 0);
  return {
    name,
    of,
    wraps,
    owners: [...new Set(owners)],
    hasArgument: dice.once(4),
    requires: null,
    provides: null,
  };
}

/** Some services that nothing of their own leads to an entity in have its key from elsewhere alone. */
function drawSentKeys(
  dice: Dice,
  type: DrawnType,
  types: readonly DrawnType[],
  roots: readonly DrawnField[],
): void {
  const standing = new Set([
    type.name,
    ...types.flatMap((each) => (each.members.includes(type.name) ? [each.name] : [])),
  ]);
  const fields = [...roots, ...types.flatMap((each) => each.fields)];
  for (const service of type.keys.keys()) {
    const leads = fields.some(({ of, owners }) => standing.has(of) && owners.includes(service));
    if (!leads && dice.once(2)) type.sentKeys.add(service);
  }
}

/** Some scalar fields require others of the same entity that their own service does not have. */
function drawRequirements(dice: Dice, type: DrawnType, types: readonly DrawnType[]): void {
  for (const [at, field] of type.fields.entries()) {
    if (field.of !== 'String' || field.owners.length !== 1 || field.wraps.includes('[]') || dice.once(3))
      continue;
    const [owner] = field.owners;
    const wanted = type.fields
      .slice(0, at)
      .filter((other) => !other.owners.includes(owner ?? -1) && !dice.once(3));
    const sets = wanted.flatMap((other) => fieldSet(other, types, dice));
    if (sets.length > 0)
      type.fields[at] = { ...field, wraps: [], hasArgument: false, requires: sets.join(' ') };
  }
}

/** Some fields that lead to an entity serve a leaf of it that another service has. */
function drawProvided(dice: Dice, type: DrawnType, types: readonly DrawnType[]): void {
  for (const [at, field] of type.fields.entries()) {
    const target = types.find((each) => each.name === field.of && each.kind === 'entity');
    const leaf = target && dice.pick(target.fields);
    if (!leaf || !scalars.includes(leaf.of) || leaf.requires !== null || leaf.hasArgument || dice.once(2))
      continue;
    if (!leaf.owners.some((owner) => field.owners.includes(owner)))
      type.fields[at] = { ...field, provides: leaf.name };
  }
}

function fieldSet(field: DrawnField, types: readonly DrawnType[], dice: Dice): readonly string[] {
  const call = field.hasArgument ? `${field.name}(n: ${dice.throw(3)})` : field.name;
  if (scalars.includes(field.of)) return [call];
  const type = types.find((each) => each.name === field.of);
  if (type?.kind !== 'value') return [];
  const leaf = type.fields.find((each) => scalars.includes(each.of));
  return leaf ? [`${call} { ${leaf.name} }`] : [];
}

function typeText(field: Pick<DrawnField, 'of' | 'wraps'>): string {
  return field.wraps.reduce((text, wrap) => (wrap === '!' ? `${text}!` : `[${text}]`), field.of);
}

function fieldText(field: DrawnField, more = ''): string {
  return `${field.name}${field.hasArgument ? '(n: Int = 1)' : ''}: ${typeText(field)}${more}`;
}

function printServices(drawn: Omit<Drawn, 'subgraphs'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: drawn.services }, (_, service) => [`s${service}`, printService(drawn, service)]),
  );
}

function printService({ types, roots }: Omit<Drawn, 'subgraphs'>, service: number): string {
  const own = roots.filter((each) => each.owners.includes(service));
  const parts = own.length === 0 ? [] : [`type Query { ${own.map((each) => fieldText(each)).join(' ')} }`];
  parts.push('enum Colour { RED GREEN BLUE }', 'type Part @shareable { a: ID! b: Int! }');
  for (const type of types) {
    const implemented = types.filter((each) => each.kind === 'interface' && each.members.includes(type.name));
    if (type.kind === 'entity') parts.push(printEntity(type, types, implemented, service));
    else if (type.kind === 'value')
      parts.push(`type ${type.name} @shareable { ${type.fields.map((each) => fieldText(each)).join(' ')} }`);
    else if (type.kind === 'union') parts.push(`union ${type.name} = ${type.members.join(' | ')}`);
    else parts.push(`interface ${type.name} { common: Int }`);
  }
  return fed2(parts.join('\n'));
}

function printEntity(
  type: DrawnType,
  types: readonly DrawnType[],
  interfaces: readonly DrawnType[],
  service: number,
): string {
  const keys = type.keys.get(service) ?? [];
  const names = new Set(
    keys.flatMap((key) =>
      key
        .replace(/\{[^}]*\}/gu, '')
        .trim()
        .split(/\s+/u),
    ),
  );
  const whose = type.sentKeys.has(service) ? '@external' : '@shareable';
  const fields = [...names].map((name) => `${name}: ${keyFields[name] ?? 'ID!'} ${whose}`);
  const required = new Set<string>();
  for (const field of type.fields) {
    if (!field.owners.includes(service)) continue;
    const more = `${field.owners.length > 1 ? ' @shareable' : ''}${field.requires === null ? '' : ` @requires(fields: "${field.requires}")`}${field.provides === null ? '' : ` @provides(fields: "${field.provides}")`}`;
    fields.push(fieldText(field, more));
    for (const [, name = ''] of (field.requires ?? '').replace(/\{[^}]*\}/gu, '').matchAll(/(f\d+)/gu))
      required.add(name);
  }
  for (const { fields: all } of types) {
    for (const { of, provides, owners } of all) {
      if (of === type.name && provides !== null && owners.includes(service)) required.add(provides);
    }
  }
  for (const field of type.fields) {
    if (required.has(field.name)) fields.push(fieldText(field, ' @external'));
  }
  if (interfaces.length > 0) fields.push('common: Int @shareable');
  const heads = keys.map((key) => `@key(fields: "${key}")`).join(' ');
  const implemented =
    interfaces.length === 0 ? '' : ` implements ${interfaces.map((each) => each.name).join(' & ')}`;
  return `type ${type.name}${implemented} ${heads} { ${fields.join(' ')} }`;
}

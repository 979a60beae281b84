import { type ArgumentNode, getNamedType, isAbstractType, print } from 'graphql';
import { aliasOf, type Selection, type Shape } from './shape.ts';

/** The shape as text: the cache key under which plans and writers are kept. */
export function printShape(shape: Omit<Shape, 'text'>): string {
  return `${printHead(shape)}${printAll(shape.selections)}`;
}

function printAll(selections: readonly Selection[]): string {
  const parts = selections.map((selection) => {
    switch (selection.kind) {
      case 'typename':
        return selection.isWritten ? `${selection.key}:__typename` : `${selection.key}`;
      case 'introspection':
        return `${selection.key}:${selection.node.name.value}`;
      case 'narrowing':
        return `...on ${selection.on}${printAll(selection.selections)}`;
      case 'field':
        return `${selection.key}:${printField(selection)}${selection.selections ? printAll(selection.selections) : ''}`;
    }
  });
  return `{${parts.join(' ')}}`;
}

/**
 * The operation as the planner gets it: neither a client's name nor a client's `__typename` is in it.
 *
 * @param asksKinds whether fields of an abstract type carry a `__typename`, for the writer needs the kind of the object.
 *   Each source that knows the kinds is asked for them anyway; to ask the planner leads it to more requests than it takes.
 */
export function printForPlanner(shape: Omit<Shape, 'text'>, asksKinds: boolean): string | null {
  const fields = printPlanned(shape.selections, asksKinds);
  return fields === '' ? null : `${printHead(shape)}{${fields}}`;
}

function printPlanned(selections: readonly Selection[], asksKinds: boolean): string {
  const parts: string[] = [];
  for (const selection of selections) {
    if (selection.kind === 'narrowing') {
      const inside = printPlanned(selection.selections, asksKinds);
      if (inside !== '') parts.push(`...on ${selection.on}{${inside}}`);
    } else if (selection.kind === 'field') {
      parts.push(`${printField(selection)}${printBelow(selection, asksKinds)}`);
    }
  }
  return parts.join(' ');
}

function printBelow(field: Selection & { kind: 'field' }, asksKinds: boolean): string {
  if (!field.selections) return '';
  const inside = printPlanned(field.selections, asksKinds);
  if (inside === '') return '{__typename}';
  return asksKinds && isAbstractType(getNamedType(field.type)) ? `{__typename ${inside}}` : `{${inside}}`;
}

function printField(field: Selection & { kind: 'field' }): string {
  return `${aliasOf(field.slot)}:${field.name}${printArguments(field.arguments)}`;
}

function printArguments(args: readonly ArgumentNode[]): string {
  return args.length === 0 ? '' : `(${args.map((arg) => print(arg)).join(',')})`;
}

function printHead(shape: Omit<Shape, 'text'>): string {
  if (shape.variables.length === 0) return shape.kind === 'query' ? '' : shape.kind;
  return `${shape.kind}(${shape.variables.map((variable) => `$${variable.name}:${variable.type}`).join(',')})`;
}

import { type ConstDirectiveNode, type ConstValueNode, Kind } from 'graphql';

/** The directives of a name. */
export function directivesOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return directives?.filter((directive) => directive.name.value === name) ?? [];
}

/** The value of a directive's argument; undefined where it is not given. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** An argument of a directive as text; undefined where it is neither text, an enum value nor a boolean. */
export function argumentText(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.BOOLEAN ? String(value.value) : textOf(value);
}

/** A string or an enum value as text. */
export function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

import type { ConstDirectiveNode } from 'graphql';

/** The directives of a name. */
export function directivesOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return directives?.filter((directive) => directive.name.value === name) ?? [];
}

/** An argument of a directive as text; undefined where it is neither text, an enum value nor a boolean. */
export function argumentText(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((node) => node.name.value === name)?.value;
  if (value?.kind === 'BooleanValue') return String(value.value);
  return value?.kind === 'StringValue' || value?.kind === 'EnumValue' ? value.value : undefined;
}

import { type ArgumentNode, type OperationDefinitionNode, print, visit } from 'graphql';

const none: readonly never[] = [];

/** Gives an operation's variables names of our own, in the order of their first use. */
export class VariableRenames {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #renamed = new Map<string, string>();

  /** `values` are the coerced ones, by the client's names. */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** The same arguments with every variable renamed. */
  inArguments(args: readonly ArgumentNode[]): readonly ArgumentNode[] {
    if (args.length === 0) return none;
    return args.map((arg) =>
      visit(arg, {
        Variable: (node) => ({ ...node, name: { ...node.name, value: this.#rename(node.name.value) } }),
      }),
    );
  }

  /** The variables used so far with their printed types. */
  declared(operation: OperationDefinitionNode): readonly { readonly name: string; readonly type: string }[] {
    return [...this.#renamed].map(([client, name]) => ({ name, type: this.#typeOf(operation, client) }));
  }

  /** `[client's variable, v_N]`. */
  pairs(): readonly (readonly [string, string])[] {
    return [...this.#renamed];
  }

  #rename(client: string): string {
    const known = this.#renamed.get(client);
    if (known !== undefined) return known;
    const name = `v_${this.#renamed.size}`;
    this.#renamed.set(client, name);
    return name;
  }

  /** A default makes a nullable variable fit a non-null place; the value is always sent, so the type says so. */
  #typeOf(operation: OperationDefinitionNode, client: string): string {
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === client);
    if (!definition) return 'String';
    const type = print(definition.type);
    const value = this.#values[client];
    const filled = definition.defaultValue !== undefined && value !== undefined && value !== null;
    return filled && !type.endsWith('!') ? `${type}!` : type;
  }
}

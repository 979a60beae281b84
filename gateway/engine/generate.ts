/** A name that may stand in generated code as it is. */
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/**
 * Code made for one plan. Nothing a client or a source wrote becomes code: names are checked to be GraphQL names
 * (or printed as JSON strings), numbers are the engine's own, and all else is handed over as a constant.
 */
export class GeneratedCode {
  readonly #constants: unknown[] = [];
  readonly #names = new Map<unknown, string>();
  readonly #functions: string[] = [];
  readonly #made = new Map<object, Map<string, string>>();

  /** The name under which generated code knows a value. */
  constant(value: unknown): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.push(value) - 1}`;
    this.#names.set(value, name);
    return name;
  }

  /** Adds a function and returns its name; in its body `self` is the function. */
  add(parameters: string, body: string): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}(${parameters}){const self=${name};${body}}`);
    return name;
  }

  /** The function of that name for an owner, made where there is none yet. */
  once(what: string, owner: object, make: () => string): string {
    const made = this.#made.get(owner) ?? new Map<string, string>();
    this.#made.set(owner, made);
    const name = made.get(what) ?? make();
    made.set(what, name);
    return name;
  }

  /** Compiles what was added; `result` is an expression over the functions' names, `head` what they share. */
  build(result: string, head = ''): unknown {
    const constants = this.#constants.map((_, at) => `k${at}`).join(',');
    const text = `'use strict';const [${constants}]=k;${head}${this.#functions.join('')}return ${result};`;
    // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- ADR 0019: what it earns and why it is safe
    const make = new Function('k', text) as (constants: readonly unknown[]) => unknown;
    return make(this.#constants);
  }
}

/** Reading or writing one property; V8 then remembers where it lies in objects of that form. */
export function member(object: string, name: string): string {
  return plainName.test(name) && name !== '__proto__'
    ? `${object}.${name}`
    : `${object}[${JSON.stringify(name)}]`;
}

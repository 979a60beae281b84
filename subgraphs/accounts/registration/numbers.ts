import { Counter, Registry } from 'prom-client';
import type { Registration, RegistrationPatch, RegistrationState } from './registration.ts';

/** The numbers of the registrations that one process has changed. Labels are codes: nothing in them tells of a person. */
export class RegistrationNumbers {
  readonly #registry = new Registry();
  readonly #moves = new Counter({
    name: 'dinhdanh_registration_moves_total',
    help: 'Changes of state of registrations, by the new state and the first reason.',
    labelNames: ['to', 'reason'],
    registers: [this.#registry],
  });
  readonly #problems = new Counter({
    name: 'dinhdanh_registration_problems_total',
    help: 'Tries of a step that failed, by the step and by what was wrong.',
    labelNames: ['step', 'code'],
    registers: [this.#registry],
  });

  /** Counts that a registration came to a state. */
  moved(to: RegistrationState, reason: string): void {
    this.#moves.inc({ to, reason });
  }

  /** Counts what a try has found wrong: it is told anew with each try, and what was told before it is the same object. */
  tried({ problems: before }: Pick<Registration, 'problems'>, { problems = [] }: RegistrationPatch): void {
    for (const problem of problems) {
      if (before.includes(problem)) continue;
      this.#problems.inc({ step: problem.step ?? '', code: problem.code });
    }
  }

  /** All of it in the text format of Prometheus. */
  print(): Promise<string> {
    return this.#registry.metrics();
  }
}

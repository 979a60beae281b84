import { BulkLoad, unreachable } from '@dinhdanh/kit';
import type { CopyTable, CopyValue, Seed, SeedOptions } from '@dinhdanh/kit';
import { castOn, organisations, people, totalPeople } from '@dinhdanh/people';
import type { AccountRecord, OrganisationRecord, Persona } from '@dinhdanh/people';
import { hashSecretRepeatably } from './passwords.ts';
import { isPasscodeAllowed } from './rules.ts';

/** A table to copy into, its columns as words. */
function table(name: string, columns: string): CopyTable {
  return { table: name, columns: columns.split(/\s+/) };
}

const TABLES: readonly CopyTable[] = [
  table(
    'accounts',
    `subject kind level status lock_reason locked_at personal_number cancelled_numbers old_id_number match_name
     date_of_birth passports phone email device_model device_bound_at approved_at activated_at synthetic`,
  ),
  table('staff', 'id role status synthetic'),
  table('credentials', 'username subject staff_id password_hash passcode_hash changed_at'),
  table('relations', 'id guardian_number ward_number relation ends_on'),
  table('linked_documents', 'id subject kind ref status linked_at evidence'),
  table('organisations', 'id legal_name tax_code sector representative synthetic'),
];

const PROGRESS_EVERY = 1_000;

/** Loads the cast with passwords, and everybody else's accounts without. */
export const seed: Seed = async (options) => {
  const load = await BulkLoad.open(options.databaseUrl, TABLES);
  try {
    const accounts = new AccountRows(load);
    const organisationRows = new OrganisationRows(load);
    await organisationRows.addOfCast();
    for (const persona of castOn(options.today)) {
      await accounts.add(persona.account);
      await load.write('credentials', await credentialRow(persona, options));
    }
    const bulk = { count: options.people, seed: options.seed, today: options.today };
    let done = 0;
    for (const { account } of people(bulk)) {
      if (account !== undefined) {
        await accounts.add(account);
        await organisationRows.offer(account);
      }
      done += 1;
      if (done % PROGRESS_EVERY === 0) options.progress(done);
    }
    await load.finish(options.lastAct);
    options.progress(totalPeople(options.people));
  } catch (error) {
    await load.abort();
    throw error;
  }
};

/** Salted by the persona, not by chance: the same seed gives the same bytes. Only synthetic people are seeded. */
async function credentialRow(persona: Persona, { today }: SeedOptions): Promise<readonly CopyValue[]> {
  const { account, password, passcode } = persona;
  const { subject, username, kind, identifiers } = account;
  if (!isPasscodeAllowed(passcode, identifiers?.dateOfBirth ?? ''))
    unreachable(`the passcode of ${persona.key} is trivial`);
  const [passwordHash, passcodeHash] = await Promise.all([
    hashSecretRepeatably(password, `password ${subject}`),
    hashSecretRepeatably(passcode, `passcode ${subject}`),
  ]);
  const [person, staff] = kind === 'STAFF' ? [null, subject] : [subject, null];
  return [username, person, staff, passwordHash, passcodeHash, `${today}T00:00:00Z`];
}

/** Writes accounts with their relations and documents, one account at a time. */
class AccountRows {
  readonly #load: BulkLoad;
  readonly #relations: RelationRows;

  constructor(load: BulkLoad) {
    this.#load = load;
    this.#relations = new RelationRows(load);
  }

  async add(account: AccountRecord): Promise<void> {
    const { identifiers, staffRole, subject, status } = account;
    if (identifiers === null) {
      await this.#load.write('staff', [subject, staffRole, status, true]);
      return;
    }
    await this.#load.write('accounts', accountRow(account, identifiers));
    await this.#relations.add(account, identifiers.personalNumber);
    for (const { id, kind, ref, status: linkStatus, linkedAt, evidence } of account.linkedDocuments) {
      await this.#load.write('linked_documents', [id, subject, kind, ref, linkStatus, linkedAt, evidence]);
    }
  }
}

function accountRow(
  account: AccountRecord,
  ids: NonNullable<AccountRecord['identifiers']>,
): readonly CopyValue[] {
  const { boundDevice } = account;
  return [
    account.subject,
    ids.kind,
    account.level,
    account.status,
    account.lockReason,
    account.lockedAt,
    ids.personalNumber,
    ids.cancelledNumbers,
    ids.oldIdNumber,
    ids.matchName,
    ids.dateOfBirth,
    ids.passports,
    account.phone,
    account.email,
    boundDevice?.model ?? null,
    boundDevice?.boundAt ?? null,
    account.approvedAt,
    account.activatedAt,
    true,
  ];
}

/** Writes the organisations: those without a representative of the cast go to the first people who may represent one. */
class OrganisationRows {
  readonly #load: BulkLoad;
  readonly #open = organisations.filter(({ representative }) => representative === null);

  constructor(load: BulkLoad) {
    this.#load = load;
  }

  async addOfCast(): Promise<void> {
    for (const organisation of organisations) {
      if (organisation.representative !== null) await this.#write(organisation, organisation.representative);
    }
  }

  async offer({ subject, kind, level, status, identifiers }: AccountRecord): Promise<void> {
    const [next] = this.#open;
    const may = kind === 'CITIZEN' && level === 2 && status === 'ACTIVE';
    if (next === undefined || !may || Number(identifiers?.dateOfBirth.slice(0, 4)) > YOUNGEST_BORN) return;
    this.#open.shift();
    await this.#write(next, subject);
  }

  async #write({ id, legalName, taxCode, sector }: OrganisationRecord, subject: string): Promise<void> {
    await this.#load.write('organisations', [id, legalName, taxCode, sector, subject, true]);
  }
}

/** Of full age on any day the people may be told as of. */
const YOUNGEST_BORN = 1995;

type Dependant = AccountRecord['dependants'][number];

/**
 * Turns relations between subjects into relations between numbers, as population tells them. A ward stands near its
 * guardian in the stream (the members of a household follow each other), before or after; a ward that never comes, of a
 * household cut by the last seeded person, is left out.
 */
class RelationRows {
  readonly #load: BulkLoad;
  readonly #recent = new Map<string, string>();
  readonly #awaited = new Map<string, { dependant: Dependant; guardianNumber: string }>();

  constructor(load: BulkLoad) {
    this.#load = load;
  }

  async add({ subject, dependants }: AccountRecord, number: string): Promise<void> {
    this.#recent.set(subject, number);
    if (this.#recent.size > NEIGHBOURS) this.#recent.delete(this.#recent.keys().next().value ?? '');
    const awaited = this.#awaited.get(subject);
    if (awaited !== undefined) await this.#write(awaited.dependant, awaited.guardianNumber, number);
    this.#awaited.delete(subject);
    for (const dependant of dependants) {
      const known = this.#recent.get(dependant.subject);
      if (known === undefined) this.#awaited.set(dependant.subject, { dependant, guardianNumber: number });
      else await this.#write(dependant, number, known);
    }
  }

  async #write(
    { id, relation, endsOn }: Dependant,
    guardianNumber: string,
    wardNumber: string,
  ): Promise<void> {
    await this.#load.write('relations', [id, guardianNumber, wardNumber, relation, endsOn]);
  }
}

const NEIGHBOURS = 64;

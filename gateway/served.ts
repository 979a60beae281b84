import { indexClaims } from './claim-index.ts';
import type { ClaimIndex } from './claim-index.ts';
import { keepAutomaticDocuments } from './documents/automatic-documents.ts';
import type { KnownDocuments } from './documents/choose-document.ts';
import { noDocuments } from './documents/read-manifest.ts';
import type { TrustedDocuments } from './documents/read-manifest.ts';
import { createEngine } from './engine/index.ts';
import type { Engine } from './engine/index.ts';
import { keepPlanRecords } from './record/plan-records.ts';
import type { PlanRecords } from './record/plan-records.ts';
import { policyVersionOf } from './record/policy-version.ts';
import { scalarChecks } from './scalar-checks.ts';
import { defaultSettings } from './settings.ts';
import type { GatewaySettings } from './settings.ts';

/**
 * All that is made from one supergraph. A request takes it once, when it begins, and keeps to it: whatever is served to
 * others meanwhile, its plan, its claims and what is written down of it are of one schema.
 */
export interface Served {
  readonly engine: Engine;
  readonly claims: ClaimIndex;
  readonly planRecords: PlanRecords;
  /** The rules and claims in force, as entries name them. */
  readonly policyVersion: string;
  /** Documents that go by an id. */
  readonly documents: KnownDocuments;
}

/**
 * The codes a service may answer with that the client is told as they are; any other is a failure of the source.
 */
const passingCodes = [
  'UNAUTHENTICATED',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'BAD_USER_INPUT',
  'ACCOUNT_LOCKED',
  'PASSCODE_REQUIRED',
  'GUARDIAN_REQUIRED',
  'LEVEL_REQUIRED',
  'CONSENT_REQUIRED',
  'CONSENT_EXPIRED',
  'CONSENT_WITHDRAWN',
] as const;

/** What an operator may set of it. */
export type ServedSettings = Pick<
  GatewaySettings,
  | 'protections'
  | 'unplannable'
  | 'maxDepth'
  | 'maxAliases'
  | 'maxTokens'
  | 'maxDirectives'
  | 'maxSelections'
  | 'maxRootFields'
  | 'maxCost'
  | 'maxPlanningMs'
>;

/**
 * Makes it from the SDL of a supergraph and the trusted documents, which are to be held to it before it is served.
 *
 * @throws TypeError and the like for a supergraph that must not be served
 */
export async function openServed(
  supergraph: string,
  trusted: TrustedDocuments = noDocuments,
  settings: ServedSettings = defaultSettings,
): Promise<Served> {
  const engine = await createEngine({
    supergraph,
    protections: settings.protections,
    unplannable: settings.unplannable,
    limits: {
      depth: settings.maxDepth,
      aliases: settings.maxAliases,
      tokens: settings.maxTokens,
      directives: settings.maxDirectives,
      selections: settings.maxSelections,
      rootFields: settings.maxRootFields,
      cost: settings.maxCost === 0 ? null : settings.maxCost,
      planningMs: settings.maxPlanningMs,
    },
    attestationField: 'holder',
    scalars: scalarChecks,
    knownCodes: [...passingCodes],
  });
  try {
    const claims = indexClaims(engine.schema);
    return {
      engine,
      claims,
      planRecords: keepPlanRecords(claims),
      policyVersion: policyVersionOf(engine.schema),
      documents: { trusted, automatic: keepAutomaticDocuments() },
    };
  } catch (failure) {
    engine.close();
    throw failure;
  }
}

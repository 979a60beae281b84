import { access, accessNews, accessProof, accessReport, refusals } from './en/access.ts';
import { consents, passkeys } from './en/consents.ts';
import { documents, driving, history, insurance, papers, travel, vehicles } from './en/documents.ts';
import { errors } from './en/errors.ts';
import { account, frame, passcode, signIn } from './en/frame.ts';
import { askedChanges, levels, locks, ownChanges, sessions, signIns } from './en/life.ts';
import { applications, parties } from './en/parties.ts';
import { agencies, dependants, person, profile, source, wallet } from './en/profile.ts';
import { registration } from './en/registration.ts';
import { rules } from './en/rules.ts';
import { scan, share } from './en/sharing.ts';
import { words } from './en/words.ts';
import type { Texts } from './texts.ts';

/** Everything the screens say in English. */
export const en: Texts = {
  frame,
  signIn,
  passcode,
  account,
  sessions,
  signIns,
  levels,
  locks,
  askedChanges,
  ownChanges,
  profile,
  source,
  agencies,
  person,
  dependants,
  wallet,
  documents,
  papers,
  driving,
  vehicles,
  insurance,
  travel,
  history,
  access,
  accessNews,
  accessProof,
  accessReport,
  refusals,
  scan,
  share,
  consents,
  passkeys,
  parties,
  applications,
  registration,
  rules,
  words,
  errors,
};

import { access, accessNews, accessProof, accessReport, refusals } from './vi/access.ts';
import { consents, passkeys } from './vi/consents.ts';
import { documents, driving, history, insurance, papers, travel, vehicles } from './vi/documents.ts';
import { errors } from './vi/errors.ts';
import { account, frame, passcode, signIn } from './vi/frame.ts';
import { askedChanges, levels, locks, ownChanges, sessions, signIns } from './vi/life.ts';
import { applications, parties } from './vi/parties.ts';
import { agencies, dependants, person, profile, source, wallet } from './vi/profile.ts';
import { registration } from './vi/registration.ts';
import { rules } from './vi/rules.ts';
import { scan, share } from './vi/sharing.ts';
import { words } from './vi/words.ts';

/** Everything the screens say in Vietnamese. Its shape is the shape of every catalogue. */
export const vi = {
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

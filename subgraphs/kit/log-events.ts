/**
 * The catalogue of log lines: a line is an event of this list plus fields that can hold no personal data (see
 * {@link LogFields}). Searches and alarms name the event, never prose. `docs/events.md` is made from it.
 */
export const logEvents = {
  SERVICE_STARTED: 'A service listens.',
  SERVICE_STOPPED: 'A service has finished its open requests and closed.',
  SERVICE_CALL_REFUSED: 'A call without a valid caller token was refused.',
  SERVICE_REFERENCE_REFUSED:
    'A record outside the token’s subjects was asked for and refused. Alarm: the gateway asked wrongly.',
  SERVICE_RESOLVER_FAILED: 'A resolver failed with something other than a known refusal.',
  SERVICE_MATCH_AMBIGUOUS: 'An old record matched more than one person and was not shown.',
  SERVED_WRITE_FAILED: 'The record of what was served could not be written; the answer was withheld.',
  SERVED_SWEPT: 'Records of what was served that are older than they are kept were deleted.',
  SERVED_SWEEP_FAILED: 'Records of what was served that are older than they are kept could not be deleted.',
  GATEWAY_REQUEST: 'A GraphQL request was answered.',
  GATEWAY_REQUEST_REFUSED: 'A GraphQL request was refused before any source was asked.',
  GATEWAY_REQUEST_FAILED: 'A request failed with something other than a known refusal.',
  GATEWAY_SOURCE_FAILED: 'A source was unreachable, late or answered with an error.',
  GATEWAY_SOURCE_INVALID: 'A source answered with something it must never answer. Alarm.',
  GATEWAY_ENTRY_REFUSED:
    'The access log refused an entry as such and the answer was withheld. Alarm: the gateway composed it wrongly.',
  GATEWAY_ENTRIES_LOST:
    'Entries that the access log could not take were given up; reconciliation will find what is missing. Alarm.',
  GATEWAY_PARTY_REFUSED:
    'A call of a relying party was refused; `reason` tells why. Alarm where proofs are replayed or keys are not the token’s.',
  GATEWAY_BREAKER_OPENED: 'The circuit breaker of a source opened.',
  GATEWAY_BREAKER_CLOSED: 'The circuit breaker of a source closed.',
  GATEWAY_SUPERGRAPH_CHANGED:
    'The supergraph or the manifest of trusted documents has changed on the disk and is served from now on; `durationMs` is how long it took to make ready.',
  GATEWAY_SUPERGRAPH_REFUSED:
    'The supergraph or the manifest on the disk cannot be served, and the one before goes on; `reason` tells what is wrong, `code` the trusted document that would break. Alarm.',
  GATEWAY_FIELD_UNPLANNABLE:
    'No plan leads to the field `code` from the field `reason`; the supergraph is served without it, as set by GATEWAY_UNPLANNABLE.',
  GATEWAY_SUPERGRAPH_UNWATCHED:
    'The folder of the supergraph cannot be watched; a change of it is taken up on the signal SIGUSR2 alone.',
  ACCOUNTS_SIGN_IN_REFUSED: 'A sign-in was refused.',
  ACCOUNTS_GUESSING_SUSPECTED:
    'Failed sign-ins from one source or number prefix passed the threshold. Alarm.',
  ACCOUNTS_SIGN_IN_FAILURES_MANY:
    'Failed sign-ins of all sources together passed the threshold; `count` is how many there were. Alarm.',
  ACCOUNTS_REGISTRATIONS_MANY:
    'Registrations begun by everybody together passed the threshold; `count` is how many there were. Alarm.',
  ACCOUNTS_USES_FAILED:
    'When sessions were used last could not be noted; it is tried again with the next use.',
  ACCOUNTS_LOCK_REQUEST_LATE: 'Requests to lock an account are past the time for their next step. Alarm.',
  ACCOUNTS_CLOSED: 'An account was closed by the office.',
  ACCOUNTS_LOCKED: 'An account was locked.',
  ACCOUNTS_UNLOCKED: 'An account was unlocked.',
  ACCOUNTS_LEVEL_CHANGED: 'The level of an account changed.',
  ACCOUNTS_PASSKEY_ENROLLED: 'A passkey was enrolled.',
  ACCOUNTS_PASSKEY_REMOVED: 'A passkey was removed by its owner.',
  ACCOUNTS_PASSKEY_REFUSED: 'An answer of a passkey was refused; `reason` tells at which check.',
  ACCOUNTS_PASSKEY_CLONED:
    'The signature counter of a passkey went back: somebody else may hold its key. The answer was refused. Alarm.',
  ACCOUNTS_REGISTRATION_STARTED: 'A registration was begun; `reason` is for whom.',
  ACCOUNTS_REGISTRATION_DECIDED: 'A registration was decided, or sent to an officer; `reason` is which.',
  ACCOUNTS_REGISTRATION_ACTIVATED: 'An approved account was activated.',
  ACCOUNTS_REGISTRATION_OVERTAKEN:
    'Registrations expired unfinished or approvals lapsed unused; `count` of them, `reason` is which.',
  ACCOUNTS_CHANGE_CARRIED_OUT: 'A change of an account was carried out.',
  ACCOUNTS_CHANGE_REFUSED: 'The owner of an account refused a change of it.',
  ACCOUNTS_REGISTRATION_LATE: 'A registration is past the time by which it was to be decided. Alarm.',
  ACCOUNTS_REGISTRATION_SUSPECTED:
    'More registrations came by one device, phone, address, number or prefix than the threshold; `reason` is which. Alarm.',
  ACCOUNTS_REGISTRATION_FAILED: 'Registrations that time has overtaken could not be looked through.',
  ACCOUNTS_CHIP_REFUSED: 'A chip was not taken for genuine; `reason` tells at which check.',
  ACCOUNTS_MESSAGES_NOT_SENT:
    'Messages are shown on a screen of this machine (`port`) and not sent: a setting for development alone.',
  ACCOUNTS_OUTBOX_UNSEEN: 'The screen that shows messages in development could not be opened.',
  ACCOUNTS_OUTBOX_FAILED:
    'The outbox could not be read, mostly because the database is away; it is tried again.',
  ACCOUNTS_MESSAGE_FAILED:
    'A message was given up; `code` is its kind, `reason` why. Alarm: somebody was not told what they must be told.',
  ACCOUNTS_MESSAGE_UNDELIVERED: 'A carrier could not deliver a message; `reason` is the carrier’s own.',
  ACCOUNTS_CARRIER_CONNECTED: 'A carrier of messages (`service` is its channel) was reached.',
  ACCOUNTS_CARRIER_LOST: 'The connection to a carrier of messages was lost; it is made again.',
  ACCOUNTS_CARRIER_AWAY:
    'A carrier of messages takes none at present; `count` is how many times in a row. Alarm when it lasts.',
  ACCOUNTS_CARRIER_REFUSED: 'A carrier of messages does not let us in; `reason` is its status. Alarm.',
  ACCOUNTS_CARRIER_FAILED: 'A carrier of messages failed in a way of its own; the message is tried again.',
  ACCOUNTS_RECEIPT_UNKNOWN: 'A carrier told the end of a message that is not known, or told it twice.',
  ACCOUNTS_RECEIPT_FAILED: 'The end of a message could not be noted; the carrier will tell it again.',
  ACCOUNTS_OTP_REFUSED:
    'A one-time code was not issued or not checked; `reason` is the limit that was reached.',
  ACCOUNTS_OTP_GUESSING_SUSPECTED:
    'Wrong one-time codes from one source, or for one prefix of numbers, passed the threshold. Alarm.',
  ACCOUNTS_OTP_FAILURES_MANY:
    'Wrong one-time codes of all sources together passed the threshold; `count` is how many there were. Alarm.',
  ACCOUNTS_CHANGES_APPLIED: 'Changes of the population registry were applied to relations.',
  ACCOUNTS_CHANGES_CONTRADICTED:
    'A change of the population registry does not fit the accounts, such as a new number that is taken. Alarm.',
  ACCESS_LOG_ROLL_UP_FAILED:
    'New entries of the access log could not be counted; the statistics stand still until they are.',
  POPULATION_CARDS_EXPIRED: 'Cards that their date has ended were told of; `count` of them.',
  POPULATION_EXPIRIES_FAILED: 'Cards that their date has ended could not be looked for.',
  ACCOUNTS_CHANGES_FAILED: 'Changes of the population registry could not be read.',
  ACCESS_LOG_SERVED_NOT_LOGGED:
    'A service has answered a call about persons that no entry of the access log names. Alarm.',
  ACCESS_LOG_RECONCILIATION_LATE:
    'What a service has served could not be held against the access log for too long. Alarm.',
  ACCESS_LOG_RECONCILIATION_FAILED: 'What services have served could not be held against the access log.',
  ACCESS_LOG_WRITER_STARTED: 'The writer of the access log has taken its post; `count` is its epoch.',
  ACCESS_LOG_WRITER_FENCED:
    'Another writer has taken the post of the access log; this one writes nothing while the other lives. Alarm: two run.',
  ACCESS_LOG_WRITE_FAILED: 'Entries could not be written and were refused; `code` is the database’s own.',
  ACCESS_LOG_NOT_DURABLE:
    'The database would not keep what it commits; nothing is written. `reason` is the setting. Alarm.',
  ACCESS_LOG_REWOUND:
    'The database no longer has entries that were acknowledged; nothing is written until the service is started anew. Alarm.',
  ACCESS_LOG_OUTCOME_SETTLED:
    'A connection broke in the middle of a commit; what became of the entries was found out afterwards.',
  ACCESS_LOG_ENTRY_REFUSED:
    'An entry that breaks a rule was refused; `code` is the field. Alarm: the gateway has a fault.',
  ACCESS_LOG_WITNESS_NONE:
    'The access log runs without a witness: whoever holds its database and key can rewrite it unseen.',
  ACCESS_LOG_WITNESS_AWAY: 'A witness does not cosign; `reason` tells why. Alarm when it lasts.',
  ACCESS_LOG_WITNESS_BACK: 'A witness cosigns again.',
  ACCESS_LOG_WITNESS_REFUSED:
    'A witness has proof of another history of the log: it was rewritten, or restored from an old copy. Alarm.',
  ACCESS_LOG_APPENDS_STOPPED:
    'No entry is taken any more, so nothing personal is released; `reason` tells why. Alarm.',
  ACCESS_LOG_APPENDS_RESUMED: 'Entries are taken again.',
  ACCESS_LOG_INCONSISTENT:
    'Entries, tiles and signed tree of the access log do not fit together; nothing is signed. Alarm.',
  SHARING_PROVIDER_FAILED:
    'The authorization server failed with something other than a known refusal; the client was told server_error.',
  SHARING_DEMO_PARTIES_FAILED:
    'The demonstration’s relying parties could not be put down, mostly because the database is busy; it is tried again.',
  SHARING_SWEEP_FAILED: 'What the authorization server no longer needs could not be deleted.',
  ACCESS_LOG_ENTRY_ALTERED:
    'What is kept beside an entry, and what it is found by, is not what its bytes say; `code` tells what. Alarm.',
  ACCESS_LOG_COMPARISON_FAILED:
    'Entries could not be held against their bytes, mostly because the database is away; it is done again.',
  ACCESS_LOG_FORGETTING_FAILED: 'Batches of an hour ago could not be forgotten; it is tried again.',
  ACCESS_LOG_PUBLISH_FAILED: 'A checkpoint could not be made, mostly because the database is away.',
  SHARING_CHANGES_APPLIED:
    'Changes of accounts were applied to consents; `count` is how many consents changed.',
  SHARING_CHANGES_FAILED: 'Changes of accounts could not be read or applied.',
} as const;

/** The name of a log line. */
export type LogEvent = keyof typeof logEvents;

/**
 * The only fields a log line may carry: counts, codes, names of services and opaque ids of requests. There is no place
 * for free text, so a name or a number of a person cannot be typed into a line by accident.
 */
export interface LogFields {
  readonly requestId?: string;
  readonly service?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly count?: number;
  readonly port?: number;
  readonly actor?: string;
  /** A class name such as `TypeError`, never a message. */
  readonly errorName?: string;
  /** File and line of the first frame of our own code. */
  readonly at?: string;
}

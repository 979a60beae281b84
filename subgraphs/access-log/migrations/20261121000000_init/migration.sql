-- The access log: entries in trees, one tree each half-year. An entry's canonical bytes are what the tree holds; every
-- other column is drawn from them, to be searched by.

-- A tree. The head row is what fences writers: it grows only from the size and epoch its writer knows.
CREATE TABLE shards (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin text NOT NULL UNIQUE,
  -- First instant of its half-year.
  begins timestamptz NOT NULL UNIQUE,
  size bigint NOT NULL DEFAULT 0,
  -- Roots of the complete subtrees, largest first, 32 bytes each.
  frontier bytea NOT NULL DEFAULT '',
  epoch bigint NOT NULL DEFAULT 0,
  -- What was signed last: it is replaced by comparing its size, so no size is ever signed twice with two roots.
  signed_size bigint NOT NULL DEFAULT 0,
  signed_note text,
  -- What is served: signed, and cosigned by the quorum.
  published_size bigint NOT NULL DEFAULT 0,
  published_note text,
  published_at timestamptz(3)
);

-- What entries have in common, so that a rare claim is found as fast as a common one.
CREATE TABLE facets (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL,
  actor_kind text NOT NULL,
  purpose text NOT NULL,
  legal_basis text NOT NULL,
  outcome text NOT NULL,
  refusal text,
  claims text[] NOT NULL,
  sources text[] NOT NULL,
  with_consent boolean NOT NULL,
  delayed_disclosure boolean NOT NULL,
  -- SHA-256 of all of the above.
  digest bytea NOT NULL UNIQUE
);

CREATE TABLE entries (
  shard smallint NOT NULL,
  index bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  facet integer NOT NULL,
  -- The first subject's pseudonym; further ones stand in further_subjects.
  subject bytea,
  actor text NOT NULL,
  consent_id text,
  case_id text,
  request_id text NOT NULL,
  leaf_hash bytea NOT NULL,
  bytes bytea NOT NULL,
  -- Encrypted; its hash stands in the entry.
  detail bytea
) PARTITION BY RANGE (at);

CREATE INDEX entries_index ON entries (shard, index);
CREATE INDEX entries_subject ON entries (subject, at, index) WHERE subject IS NOT NULL;
CREATE INDEX entries_actor ON entries (actor, at, index);
CREATE INDEX entries_facet ON entries (facet, at, index);
CREATE INDEX entries_consent ON entries (consent_id, at, index) WHERE consent_id IS NOT NULL;
CREATE INDEX entries_case ON entries (case_id, at, index) WHERE case_id IS NOT NULL;
CREATE INDEX entries_request ON entries (request_id);

CREATE TABLE further_subjects (
  subject bytea NOT NULL,
  at timestamptz(3) NOT NULL,
  shard smallint NOT NULL,
  index bigint NOT NULL,
  PRIMARY KEY (subject, at, shard, index)
);

-- Intents that an `aborted` entry has completed: made ready, never delivered.
CREATE TABLE undelivered (
  shard smallint NOT NULL,
  index bigint NOT NULL,
  PRIMARY KEY (shard, index)
);

-- What organisations and offices are called. Never a private person.
CREATE TABLE actors (
  id text PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL
);

-- Hash tiles of https://c2sp.org/tlog-tiles, as they are served. Bundles of entries are read from the entries.
CREATE TABLE tiles (
  shard smallint NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  width smallint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (shard, level, index, width)
);

-- A key per person and year, wrapped by one that is kept outside: to destroy the row is to erase the details.
CREATE TABLE detail_keys (
  subject bytea PRIMARY KEY,
  wrapped bytea NOT NULL
);

-- Who cosigned what, last.
CREATE TABLE witnesses (
  shard smallint NOT NULL,
  key text NOT NULL,
  size bigint NOT NULL,
  cosigned_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shard, key)
);

-- What the log found amiss. Codes and ids only.
CREATE TABLE alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL,
  service text,
  request_id text,
  origin text,
  index bigint,
  count integer NOT NULL DEFAULT 1,
  -- Tells one matter from the next, so that one is not told twice.
  matter text NOT NULL UNIQUE
);

-- Every call that was answered, kept to be held against the log, as every service does.
CREATE TABLE served (
  call_id text PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  actor_kind text NOT NULL,
  subjects integer NOT NULL,
  claims integer NOT NULL
);

CREATE INDEX served_at ON served (at);

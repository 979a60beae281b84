-- Reading the access log: what its searches need, what is counted of it behind the writer, and what people were shown.

-- One actor's entries of one kind, in the order of time: a rare kind of a busy actor is found as fast as a common one.
DROP INDEX entries_actor;
CREATE INDEX entries_actor ON entries (actor, facet, at, index);

-- Everything, newest first. Entries come in the order of time, so it grows at its right edge alone.
CREATE INDEX entries_time ON entries (at, shard, index);

-- The nights, 22:00 to 06:00: a third of the hours and far fewer of the entries.
CREATE INDEX entries_night ON entries (facet, at, index)
  WHERE extract(hour FROM (at AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '2 hours') < 8;
CREATE INDEX entries_actor_night ON entries (actor, facet, at, index)
  WHERE extract(hour FROM (at AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '2 hours') < 8;

-- When the intent was, filled in after the append; `counted` once the roll-ups have moved it from released to undelivered.
ALTER TABLE undelivered ADD COLUMN at timestamptz(3), ADD COLUMN counted boolean NOT NULL DEFAULT false;
CREATE INDEX undelivered_time ON undelivered (at, shard, index);
CREATE INDEX undelivered_new ON undelivered (shard, index) WHERE NOT counted;

-- Roll-ups: made from the entries alone, behind the writer, and made anew when they are emptied. Days are legal days.

-- How far each tree has been counted.
CREATE TABLE roll_up_cursors (
  shard smallint PRIMARY KEY,
  -- The first index not counted yet.
  next bigint NOT NULL DEFAULT 0
);

-- Entries by day and one other thing: `all`, `hour`, `kind`, `claim`, `outcome`, `delayed`.
CREATE TABLE access_counts (
  day date NOT NULL,
  dimension text NOT NULL,
  label text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, dimension, label)
);

-- What each organisation, office, member of staff and system did in a day. No private person is here.
CREATE TABLE actor_days (
  day date NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  reads integer NOT NULL,
  -- Different persons read that day.
  people integer NOT NULL,
  without_consent integer NOT NULL,
  without_case integer NOT NULL,
  at_night integer NOT NULL,
  refused integer NOT NULL,
  -- Readings by hour, 24 numbers.
  hours integer[] NOT NULL,
  PRIMARY KEY (day, kind, actor)
);

-- Different persons read in one night, which has the date of its evening.
CREATE TABLE actor_nights (
  night date NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  people integer NOT NULL,
  PRIMARY KEY (night, kind, actor)
);

-- How far in the log, by order of appending, a person has been shown who read their data; under a pseudonym of theirs.
CREATE TABLE notice_marks (
  subject bytea PRIMARY KEY,
  shard smallint NOT NULL,
  index bigint NOT NULL,
  shown_at timestamptz(3) NOT NULL
);

-- Readings that the person concerned says should not have been. Codes only.
CREATE TABLE access_reports (
  id uuid PRIMARY KEY,
  subject bytea NOT NULL,
  shard smallint NOT NULL,
  index bigint NOT NULL,
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'RECEIVED',
  reported_at timestamptz(3) NOT NULL,
  due_on date NOT NULL,
  UNIQUE (shard, index, subject, reason)
);

-- Reconciliation: what the services say they have served is held against the entries.

-- Calls from before the log was there have no entries and never will.
CREATE TABLE reconciliation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  since timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO reconciliation DEFAULT VALUES;

-- How far each service's served records have been read. Whoever moves a cursor compares it first, so that two processes
-- never take one page twice.
CREATE TABLE served_positions (
  service text PRIMARY KEY,
  -- The service's own; null for the beginning.
  cursor text,
  -- When the service was last read to its end.
  read_at timestamptz(3) NOT NULL
);

-- Calls about persons for which there was no entry when they were read: until the entry comes, and a while after the
-- alert where none does, since an entry may come late.
CREATE TABLE unlogged_calls (
  service text NOT NULL,
  call_id text NOT NULL,
  request_id text NOT NULL,
  at timestamptz(3) NOT NULL,
  -- When it becomes an alert.
  due timestamptz(3) NOT NULL,
  alert bigint REFERENCES alerts,
  -- When it was last looked for after its alert.
  checked_at timestamptz(3),
  PRIMARY KEY (service, call_id)
);

CREATE INDEX unlogged_calls_due ON unlogged_calls (due) WHERE alert IS NULL;
CREATE INDEX unlogged_calls_alert ON unlogged_calls (alert) WHERE alert IS NOT NULL;
CREATE INDEX unlogged_calls_checked ON unlogged_calls (checked_at) WHERE alert IS NOT NULL;

-- When what an alert is about came right after all: the alert itself stays.
ALTER TABLE alerts ADD COLUMN settled_at timestamptz(3);

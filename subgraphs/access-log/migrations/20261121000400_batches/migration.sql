-- The calls by which entries came, for an hour: one that is sent again, to whichever process, is answered as it was before
-- and not written again. The primary key is the check: the statement that writes entries fails with it as a whole.
CREATE TABLE batches (
  -- The first 16 bytes of SHA-256 of the id its sender gave it.
  id bytea PRIMARY KEY,
  -- SHA-256 of what its sender says its content is.
  digest bytea NOT NULL,
  shard smallint NOT NULL,
  -- Where the first of its entries stands; the others follow it.
  first bigint NOT NULL,
  -- What became of each, commas between: the code of a refusal, or nothing where it was written.
  outcomes text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX batches_at ON batches (at);

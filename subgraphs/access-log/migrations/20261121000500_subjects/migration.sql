-- A pseudonym is of a year, and so are the entries about it. An auditor may look for one of years ago, though: what auditors
-- did stands in further_subjects for every subject, so that it is found without a look into each month since.
INSERT INTO further_subjects (subject, at, shard, index)
SELECT e.subject, e.at, e.shard, e.index FROM entries e JOIN facets f ON f.id = e.facet
WHERE f.actor_kind = 'auditor' AND e.subject IS NOT NULL
ON CONFLICT DO NOTHING;

-- What stands there of an entry, to be held against the entry.
CREATE INDEX further_subjects_entry ON further_subjects (shard, index);

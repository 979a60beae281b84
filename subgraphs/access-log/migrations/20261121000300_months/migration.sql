-- The roll-ups once more by legal month, so that years are read from months: made by the follower in the transaction
-- that counts the days. A month has the date of its first day.

-- Entries by month and one other thing, as access_counts has them by day.
CREATE TABLE access_count_months (
  month date NOT NULL,
  dimension text NOT NULL,
  label text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (month, dimension, label)
);

-- What each organisation, office, member of staff and system did in a month. No private person is here.
CREATE TABLE actor_months (
  month date NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  reads integer NOT NULL,
  -- The sum of its days: different persons read each day.
  people integer NOT NULL,
  -- Different persons read on the day on which they were most.
  most_people integer NOT NULL,
  without_consent integer NOT NULL,
  without_case integer NOT NULL,
  at_night integer NOT NULL,
  refused integer NOT NULL,
  -- Readings by hour, 24 numbers.
  hours integer[] NOT NULL,
  PRIMARY KEY (month, kind, actor)
);

-- Nothing is counted while the months are made of the days that are there.
LOCK TABLE roll_up_cursors, access_counts, actor_days IN EXCLUSIVE MODE;

INSERT INTO access_count_months (month, dimension, label, count)
SELECT date_trunc('month', day)::date, dimension, label, sum(count) FROM access_counts GROUP BY 1, 2, 3;

INSERT INTO actor_months (month, kind, actor, reads, people, most_people, without_consent, without_case, at_night,
  refused, hours)
SELECT month, kind, actor, sum(reads), sum(people), max(people), sum(without_consent), sum(without_case),
  sum(at_night), sum(refused),
  ARRAY[sum(hours[1]), sum(hours[2]), sum(hours[3]), sum(hours[4]), sum(hours[5]), sum(hours[6]), sum(hours[7]),
    sum(hours[8]), sum(hours[9]), sum(hours[10]), sum(hours[11]), sum(hours[12]), sum(hours[13]),
    sum(hours[14]), sum(hours[15]), sum(hours[16]), sum(hours[17]), sum(hours[18]), sum(hours[19]),
    sum(hours[20]), sum(hours[21]), sum(hours[22]), sum(hours[23]), sum(hours[24])]
FROM (SELECT date_trunc('month', day)::date AS month, * FROM actor_days) days
GROUP BY month, kind, actor;

-- The day by day totals of years, without what else is counted of the days.
CREATE INDEX access_counts_all ON access_counts (day) WHERE dimension = 'all';

"""What the auditor reads of bets and leaderboards."""

from typing import Final

from adapters.postgres.statement import Statement

MARKETS: Final = Statement("""
SELECT m.id AS market_id, m.status, coalesce(a.balance, 0) AS held,
       coalesce((SELECT sum(b.amount) FROM bets b
                 WHERE b.market_id = m.id AND b.status = 'standing'
                   AND NOT EXISTS (SELECT FROM bet_results WHERE bet_id = b.id AND round = m.round)
                ), 0)::bigint AS unpaid, m.paying
FROM markets m LEFT JOIN points_accounts a ON a.id = m.id
WHERE m.id > %(after)s ORDER BY m.id LIMIT %(limit)s
""")
# What the books say of each reader, in each club and (the nil id) in all together, beside what the
# leaderboards say. A bet counts from the moment on when it is paid, which is when its result was told. In
# which club somebody read is not in the books: reading is held against them in all together.
STANDINGS: Final = Statement("""
WITH ended AS (
    SELECT m.id, m.club_id, m.season, m.round, b.id AS bet, b.bettor, b.amount
    FROM markets m JOIN bets b ON b.market_id = m.id
    JOIN bet_results r ON r.bet_id = b.id AND r.round = m.round AND r.explanation ->> 'void' IS NULL
), paid AS (
    SELECT m.club_id, m.season, e.account_id AS user_id, sum(e.amount) AS returned
    FROM markets m JOIN points_entries mine ON mine.account_id = m.id
    JOIN points_transactions t ON t.id = mine.transaction_id AND t.movement = 'payout'
        AND starts_with(t.key, 'settled:' || m.id || ':' || m.round || ':')
    JOIN points_entries e ON e.transaction_id = t.id AND e.account_id <> m.id
    GROUP BY 1, 2, 3
), told AS (
    SELECT club_id, season, bettor AS user_id, 1 AS settled, amount AS staked, 0 AS returned FROM ended
    UNION ALL SELECT club_id, season, user_id, 0, 0, returned FROM paid
), earned AS (
    SELECT to_char(t.at AT TIME ZONE 'UTC', 'YYYY"-Q"Q') AS season, e.account_id AS user_id, e.amount
    FROM points_transactions t JOIN points_entries e ON e.transaction_id = t.id AND e.amount > 0
    WHERE t.movement = 'grant' AND starts_with(t.key, 'reading:')
), booked AS (
    SELECT club_id, season, user_id, sum(settled)::bigint AS settled, sum(staked)::bigint AS staked,
           sum(returned)::bigint AS returned, sum(reading)::bigint AS reading
    FROM (SELECT *, 0 AS reading FROM told
          UNION ALL SELECT %(all_clubs)s, season, user_id, settled, staked, returned, 0 FROM told
          UNION ALL SELECT %(all_clubs)s, season, user_id, 0, 0, 0, amount FROM earned) AS each
    GROUP BY 1, 2, 3
)
SELECT season, club_id, user_id, coalesce(s.settled, 0) AS settled, coalesce(s.staked, 0) AS staked,
       coalesce(s.returned, 0) AS returned, coalesce(s.reading, 0) AS reading,
       coalesce(b.settled, 0) AS booked_settled, coalesce(b.staked, 0) AS booked_staked,
       coalesce(b.returned, 0) AS booked_returned,
       coalesce(CASE club_id WHEN %(all_clubs)s THEN b.reading ELSE s.reading END, 0) AS booked_reading
FROM standings s FULL JOIN booked b USING (season, club_id, user_id)
ORDER BY season, club_id, user_id
""")

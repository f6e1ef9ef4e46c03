"""The statements by which the auditor reads reviews, each in one snapshot."""

from typing import Final

from adapters.postgres.repositories.proofs import PROOF
from adapters.postgres.statement import Statement
from domain.reviews.rating import PLACES, STARS

_KEPT: Final = ", ".join(f"coalesce(k.{place}, 0)" for place in PLACES)
_GIVEN: Final = ", ".join(f"coalesce(g.{place}, 0)" for place in PLACES)
_COUNTED: Final = ", ".join(
    f"count(*) FILTER (WHERE rating = {stars})::int AS {place}"
    for stars, place in zip(STARS, PLACES, strict=True)
)
# Also works that only their editions say are rated.
RATED_WORKS: Final = Statement(f"""
SELECT work_id, ARRAY[{_KEPT}] AS kept, ARRAY[{_GIVEN}] AS given, (
    SELECT count(*) FROM books b WHERE b.work_id = w.work_id AND (b.rating_count, b.rating_stars)
        IS DISTINCT FROM (coalesce(k.rating_count, 0), coalesce(k.rating_stars, 0))
) AS editions_astray
FROM (
    SELECT work_id FROM work_ratings UNION SELECT work_id FROM reviews
    UNION SELECT work_id FROM books WHERE rating_count <> 0 OR rating_stars <> 0
) w
LEFT JOIN work_ratings k USING (work_id)
LEFT JOIN (
    SELECT work_id, {_COUNTED} FROM reviews WHERE state = 'published' GROUP BY work_id
) g USING (work_id)
ORDER BY work_id
""")  # noqa: S608 - put together from constants
REVIEWS: Final = Statement(f"""
SELECT r.id, r.helpful, r.purchase,
    (SELECT count(*) FROM review_votes v WHERE v.review_id = r.id) AS votes,
    ({PROOF.format(reader="r.user_id", work_id="r.work_id")}) AS proof,
    EXISTS (
        SELECT FROM orders o WHERE o.id = r.purchase AND o.user_id = r.user_id
            AND o.payment_status IN ('captured', 'partially_refunded')
    ) AS paid,
    EXISTS (
        SELECT FROM order_lines l JOIN books b ON b.id = l.book_id
        WHERE l.order_id = r.purchase AND b.work_id = r.work_id
    ) AS holds_work
FROM (
    SELECT * FROM reviews WHERE id > %(after)s AND state <> 'withdrawn' ORDER BY id LIMIT %(limit)s
) r ORDER BY r.id
""")  # noqa: S608 - as above

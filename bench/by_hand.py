"""The five tables in hand-written DuckDB SQL: lines to documents, documents to months, months on.

It knows what our expressions may not take for granted: that a document has one client, one kind
and one manager, so that three columns are enough to group by.
"""

from typing import Any

_MONTHS = """CREATE TABLE months AS
SELECT client_id, manager_code, kind, date_trunc('month', date)::DATE AS month,
  sum(amount)::BIGINT AS amount, sum(cost)::BIGINT AS cost,
  sum(costed_amount)::BIGINT AS costed_amount, sum(quantity)::BIGINT AS quantity,
  sum(lines)::BIGINT AS lines, count(*) AS documents, min(date) AS first_on, max(date) AS last_on
FROM (SELECT client_code, date, document, any_value(kind) AS kind,
        any_value(manager_code) AS manager_code, sum(amount) AS amount, sum(cost) AS cost,
        coalesce(sum(amount) FILTER (cost IS NOT NULL), 0) AS costed_amount,
        sum(quantity) AS quantity, count(*) AS lines
      FROM read_parquet('{lines}') GROUP BY client_code, date, document)
LEFT JOIN '{codes}' USING (client_code)
GROUP BY ALL"""

_SUMS = """coalesce(sum(amount) FILTER (is_revenue), 0)::BIGINT AS revenue,
  sum(cost) FILTER (is_revenue)::BIGINT AS cost,
  coalesce(sum(costed_amount) FILTER (is_revenue), 0)::BIGINT AS costed_revenue,
  costed_revenue - sum(cost) FILTER (is_revenue)::BIGINT AS gross_profit,
  coalesce(sum(amount) FILTER (kind = 'payment'), 0)::BIGINT AS cash,
  coalesce(sum(quantity) FILTER (is_revenue), 0)::BIGINT AS quantity,
  coalesce(sum(lines) FILTER (is_revenue), 0)::BIGINT AS lines,
  coalesce(sum(documents) FILTER (kind = 'shipment'), 0)::BIGINT AS documents"""
_ROWS = """(SELECT *, kind IN ('shipment', 'return', 'correction') AS is_revenue FROM months
  WHERE month BETWEEN '{since}' AND '{until}'
    AND kind IN ('shipment', 'return', 'correction', 'payment'))"""
_CLIENTS = (
    "count(DISTINCT client_id) FILTER (kind = 'shipment' AND first_on IS NOT NULL) AS clients"
)
_YEAR = """CREATE TABLE {name} AS
SELECT *, CASE WHEN revenue > 0 AND before < 0.8 - 1e-9 THEN 'A'
               WHEN revenue > 0 AND before < 0.95 - 1e-9 THEN 'B' ELSE 'C' END AS abc
FROM (SELECT *, (sum(greatest(revenue, 0)) OVER (ORDER BY revenue DESC, client_id ROWS
          UNBOUNDED PRECEDING) - greatest(revenue, 0))::DOUBLE
        / sum(greatest(revenue, 0)) OVER ()::DOUBLE AS before
  FROM (SELECT client_id, {sums}, min(first_on) FILTER (kind = 'shipment') AS first_on,
          max(last_on) FILTER (kind = 'shipment') AS last_on
        FROM {rows} WHERE client_id IS NOT NULL GROUP BY client_id))"""
_COHORTS = """WITH bought AS (
  SELECT client_id, month, sum(amount)::BIGINT AS revenue,
    coalesce(sum(lines) FILTER (kind = 'shipment'), 0) AS shipments
  FROM months WHERE client_id IS NOT NULL AND kind IN ('shipment', 'return', 'correction')
  GROUP BY client_id, month),
firsts AS (SELECT client_id, min(month) AS cohort FROM bought WHERE shipments > 0 GROUP BY 1)
SELECT cohort, datediff('month', cohort, month) AS age, count(*) FILTER (shipments > 0) AS clients,
  sum(revenue)::BIGINT AS revenue
FROM bought JOIN firsts USING (client_id) WHERE month >= cohort GROUP BY ALL"""
_MIGRATION = """SELECT coalesce(b.abc, '') AS class_before, coalesce(n.abc, '') AS class_after,
  count(*) AS clients FROM before b FULL JOIN now n USING (client_id) GROUP BY ALL"""


def tables(engine: Any, lines: str, codes: str) -> dict[str, Any]:
    """Make the five tables."""
    engine.execute(_MONTHS.format(lines=lines, codes=codes))
    years = {"now": ("2025-01-01", "2025-12-31"), "before": ("2024-01-01", "2024-12-31")}
    for name, (since, until) in years.items():
        rows = _ROWS.format(since=since, until=until)
        engine.execute(_YEAR.format(name=name, sums=_SUMS, rows=rows))
    all_rows = _ROWS.format(since="2023-01-01", until="2025-12-31")
    year = _ROWS.format(since="2025-01-01", until="2025-12-31")
    asked = {
        "clients": "SELECT * EXCLUDE before FROM now",
        "company": f"SELECT month, {_SUMS}, {_CLIENTS} FROM {all_rows} GROUP BY month",
        "managers": f"SELECT manager_code, {_SUMS}, {_CLIENTS} FROM {year} GROUP BY manager_code",
        "cohorts": _COHORTS,
        "migration": _MIGRATION,
    }
    return {name: engine.execute(sql).arrow().read_all() for name, sql in asked.items()}

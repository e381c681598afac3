"""Date expressions, and what they mean on the day an article was published.

Values are TIMEX3's (ISO 8601): days 2024-04-02, weeks 2024-W13, months 2024-02, quarters 2024-Q1, halves 2024-H1,
seasons 2024-SU, years 2024, decades 202, centuries 20, years before Christ BC0490; times 2024-04-02T08:00, parts of
days 2024-04-02TMO; durations P2Y, PXM (some months); sets P1M, XXXX-WXX-1 (Mondays); PRESENT_REF, PAST_REF, FUTURE_REF.
Without a publication date an expression that needs one has no value; today's date is never assumed.
"""

from legation.coding.dates.find import DatedSpan, event_date, find_dates
from legation.coding.dates.values import first_day

__all__ = ["DatedSpan", "event_date", "find_dates", "first_day"]

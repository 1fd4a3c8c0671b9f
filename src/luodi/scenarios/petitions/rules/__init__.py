"""The rules of petitions 信访 as data and pure functions: the ladder of the regulation, and what ends an old case."""

LIMITS = "petitions.limits"
BACKLOG_LIMITS = "petitions.backlog"

"""Pure rules of the watch over return to poverty: words, three kinds, the road of a clue, the road of a household, warnings."""

LIMITS = "poverty_watch.limits"
LINE = "poverty_watch.line"
STANDING = "poverty_watch.standing"

"""Personal codes: made, printed, checked, replaced, rate-limited; one space per purpose."""

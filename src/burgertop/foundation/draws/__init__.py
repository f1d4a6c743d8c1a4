"""A pool, its quotas, the ceremony, who was drawn: for the 1,000 and for the 32 alike."""

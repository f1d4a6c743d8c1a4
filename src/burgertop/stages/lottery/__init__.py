"""Pool, quotas, draw, roster: a thousand drawn by lot."""

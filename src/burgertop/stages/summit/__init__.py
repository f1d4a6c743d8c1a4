"""Tables, seats, cards, clusters, ballots, results: one day, one hall."""

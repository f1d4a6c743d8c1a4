"""What pages, later stages and exports read of a summit."""

from burgertop.stages.summit.queries.agenda import themes_for
from burgertop.stages.summit.queries.cards import (
    cards_at,
    cards_table,
    counts_at,
)
from burgertop.stages.summit.queries.desk import Bench, ClusterRow, bench_of, clusters_of
from burgertop.stages.summit.queries.hall import (
    HallTable,
    current_round,
    door_of,
    hall_of,
    has_device,
    opens_door,
    round_or_404,
    rounds_of,
    seat_list,
    seats_of,
    table_numbered,
    table_or_404,
    tables_of,
)
from burgertop.stages.summit.queries.roster import (
    FEATURES_APART,
    core_people,
    core_tables,
    feature_names,
    roster_of,
    seated_before,
)
from burgertop.stages.summit.queries.story import (
    chosen_clusters,
    clusters_named,
    describe_cards,
    describe_clusters,
    describe_questions,
)
from burgertop.stages.summit.queries.votes import (
    ScreenView,
    codes_missing,
    hall_ballot_or_404,
    hall_ballots,
    latest_ballot,
    screen_of,
)

__all__ = [
    "FEATURES_APART",
    "Bench",
    "ClusterRow",
    "HallTable",
    "ScreenView",
    "bench_of",
    "cards_at",
    "cards_table",
    "chosen_clusters",
    "clusters_named",
    "clusters_of",
    "codes_missing",
    "core_people",
    "core_tables",
    "counts_at",
    "current_round",
    "describe_cards",
    "describe_clusters",
    "describe_questions",
    "door_of",
    "feature_names",
    "hall_ballot_or_404",
    "hall_ballots",
    "hall_of",
    "has_device",
    "latest_ballot",
    "opens_door",
    "roster_of",
    "round_or_404",
    "rounds_of",
    "screen_of",
    "seat_list",
    "seated_before",
    "seats_of",
    "table_numbered",
    "table_or_404",
    "tables_of",
    "themes_for",
]

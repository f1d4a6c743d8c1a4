"""The day in the hall: rounds, tables, seats, cards, clusters, ballots; doors and who came in."""

from burgertop.stages.summit.models.cards import (
    Card,
    CardRevision,
    CardState,
    CardText,
    Cluster,
    ClusterCard,
    ClusterText,
)
from burgertop.stages.summit.models.doors import (
    Arrival,
    Badge,
    Clash,
    Door,
    DoorDevice,
    DoorLook,
    Ending,
    How,
    Outcome,
    Scan,
    ScanKind,
    Settled,
)
from burgertop.stages.summit.models.rounds import Round, RoundKind, RoundState, RoundText
from burgertop.stages.summit.models.tables import Device, Seat, Table
from burgertop.stages.summit.models.votes import HallBallot

__all__ = [
    "Arrival",
    "Badge",
    "Card",
    "CardRevision",
    "CardState",
    "CardText",
    "Clash",
    "Cluster",
    "ClusterCard",
    "ClusterText",
    "Device",
    "Door",
    "DoorDevice",
    "DoorLook",
    "Ending",
    "HallBallot",
    "How",
    "Outcome",
    "Round",
    "RoundKind",
    "RoundState",
    "RoundText",
    "Scan",
    "ScanKind",
    "Seat",
    "Settled",
    "Table",
]

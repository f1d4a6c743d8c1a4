"""Sortition: a pool, its quotas, a panel that meets them, and the check of a panel."""

from burgertop.core.sortition.certificate import Certificate, CertificateLevel
from burgertop.core.sortition.chance import canonical_bytes, canonical_digest, rng_from_seed
from burgertop.core.sortition.clash import (
    Feasibility,
    Relaxation,
    check_feasibility,
    never_chosen,
)
from burgertop.core.sortition.feasible import RANDOM_OBJECTIVE, Panel, feasible_panel
from burgertop.core.sortition.lottery import Lottery, lottery_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quota, Quotas
from burgertop.core.sortition.rules import RULES, Rule
from burgertop.core.sortition.verify import Breach, breaches_of

__all__ = [
    "RANDOM_OBJECTIVE",
    "RULES",
    "Breach",
    "Certificate",
    "CertificateLevel",
    "Feasibility",
    "Lottery",
    "Panel",
    "Pool",
    "Quota",
    "Quotas",
    "Relaxation",
    "Rule",
    "breaches_of",
    "canonical_bytes",
    "canonical_digest",
    "check_feasibility",
    "feasible_panel",
    "lottery_of",
    "never_chosen",
    "rng_from_seed",
]

"""Sortition: a pool, its quotas, a panel that meets them, and the check of a panel."""

from burgertop.core.sortition.chance import canonical_bytes, canonical_digest, rng_from_seed
from burgertop.core.sortition.clash import (
    Feasibility,
    Relaxation,
    check_feasibility,
    never_chosen,
)
from burgertop.core.sortition.feasible import RANDOM_OBJECTIVE, Panel, feasible_panel
from burgertop.core.sortition.lottery import lottery_of
from burgertop.core.sortition.picking import pick_panel
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.proposing import propose_quotas
from burgertop.core.sortition.published import (
    Certificate,
    CertificateLevel,
    Lottery,
    canonical_lottery,
    commitment_of,
    lottery_as_json,
    lottery_from_json,
)
from burgertop.core.sortition.quotas import Quota, Quotas
from burgertop.core.sortition.replacing import Replacements, replacements_of, reserve_of
from burgertop.core.sortition.rules import RULES, Rule
from burgertop.core.sortition.verify import Breach, Check, breaches_of, verify_lottery

__all__ = [
    "RANDOM_OBJECTIVE",
    "RULES",
    "Breach",
    "Certificate",
    "CertificateLevel",
    "Check",
    "Feasibility",
    "Lottery",
    "Panel",
    "Pool",
    "Quota",
    "Quotas",
    "Relaxation",
    "Replacements",
    "Rule",
    "breaches_of",
    "canonical_bytes",
    "canonical_digest",
    "canonical_lottery",
    "check_feasibility",
    "commitment_of",
    "feasible_panel",
    "lottery_as_json",
    "lottery_from_json",
    "lottery_of",
    "never_chosen",
    "pick_panel",
    "propose_quotas",
    "replacements_of",
    "reserve_of",
    "rng_from_seed",
    "verify_lottery",
]

"""Sortition: a pool, its quotas, a panel that meets them, and the check of a panel.

A name is looked up when somebody asks for it, so that reading, picking and checking a lottery load no solver.
"""

from typing import TYPE_CHECKING

from burgertop.core.lazy import looked_up

if TYPE_CHECKING:
    from burgertop.core.sortition.chance import canonical_bytes, canonical_digest
    from burgertop.core.sortition.clash import Feasibility, Relaxation, check_feasibility, never_chosen
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
    "RULES",
    "Breach",
    "Certificate",
    "CertificateLevel",
    "Check",
    "Feasibility",
    "Lottery",
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
    "lottery_as_json",
    "lottery_from_json",
    "lottery_of",
    "never_chosen",
    "pick_panel",
    "propose_quotas",
    "replacements_of",
    "reserve_of",
    "verify_lottery",
]

__getattr__, __dir__ = looked_up(
    __name__,
    {
        "chance": "canonical_bytes canonical_digest",
        "clash": "Feasibility Relaxation check_feasibility never_chosen",
        "lottery": "lottery_of",
        "picking": "pick_panel",
        "pool": "Pool",
        "proposing": "propose_quotas",
        "published": (
            "Certificate CertificateLevel Lottery canonical_lottery commitment_of lottery_as_json lottery_from_json"
        ),
        "quotas": "Quota Quotas",
        "replacing": "Replacements replacements_of reserve_of",
        "rules": "RULES Rule",
        "verify": "Breach Check breaches_of verify_lottery",
    },
    globals(),
)

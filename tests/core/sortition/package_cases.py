"""Packages of a small lottery, and five kinds of tampering with them; the browser's verifier is tested on the same."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of, pick_panel
from burgertop.core.sortition.package import audit_package, own_package, packing_of, public_package

Package = dict[str, Any]
Change = Callable[[Package], None]

SECRET = b"a secret of 32 bytes, by chance."
SEED = "3 5 1 6 2 — Zoë"
PLACES, AGES = ("Liège", "Gent", "Eupen"), ("<30", "30-59", "60+")
POOL = Pool(
    tuple(f"n{number:03}" for number in range(48)),
    ("place", "age", "gender"),
    tuple(
        (PLACES[0 if n % 5 else 1 + n // 5 % 2], AGES[n * n % 7 % 3], "woman" if n % 3 else "man") for n in range(48)
    ),
    tuple(f"“home” {n // 2}" if n < 8 else "" for n in range(48)),
)
QUOTAS = Quotas(
    8,
    (
        *(Quota("place", one, least, most) for one, least, most in zip(PLACES, (3, 1, 1), (5, 3, 3), strict=True)),
        *(Quota("age", one, 1, 4, 0, 8) for one in AGES),
        Quota("gender", "woman", 4, 4),
        Quota("gender", "man", 4, 4),
    ),
)
LIMITS: dict[str, Any] = {"must": ("n007",), "never": ("n011", "n012"), "at_most_per_household": 1}
LOTTERY = lottery_of(POOL, QUOTAS, panels=100, **LIMITS)
PACKING = packing_of(POOL, QUOTAS, LOTTERY, SECRET, **LIMITS)


def public(**chance: Any) -> Package:
    return read(public_package(PACKING, **(chance or {"public_seed": SEED})))


def own(one: str = "n003", **chance: Any) -> Package:
    return read(own_package(PACKING, one, **(chance or {"public_seed": SEED})))


def audit(**chance: Any) -> Package:
    return read(audit_package(PACKING, **(chance or {"public_seed": SEED})))


PICKED = pick_panel(LOTTERY, public_seed=SEED)
DRAWN = next(one for one in LOTTERY.panel(PICKED) if one not in LIMITS["must"])
MAKERS: dict[str, Callable[[], Package]] = {"public": public, "own": own, "audit": audit}


def read(package: Package) -> Package:
    """Write a package as JSON and read it back, as whoever gets it does."""
    content: Package = json.loads(json.dumps(package, ensure_ascii=False))
    return content


# Tampering ----------------------------------------------------------------------------


def _other_total(package: Package) -> None:
    package["totals"][4][5] += 1


def _total_beyond_the_quota(package: Package) -> None:
    """The sum stays right."""
    package["totals"][4][0] += 5
    package["totals"][4][1] -= 5


def _traded_totals(package: Package) -> None:
    """Sums and quotas stay right: two panels trade their totals."""
    totals = package["totals"]
    other = next(number for number in range(1, len(totals)) if totals[number] != totals[0])
    totals[0], totals[other] = totals[other], totals[0]


def _other_value(package: Package) -> None:
    row = package["row"] if "row" in package else package["rows"][3]
    row["values"][0][1] = next(age for age in AGES if age != row["values"][0][1])


def _other_salt(package: Package) -> None:
    row = package["row"] if "row" in package else package["rows"][3]
    row["salt"] = row["salt"][1:] + row["salt"][0]


def _other_panels(package: Package) -> None:
    """As many as before."""
    panels = package["row"]["panels"]
    panels[0] = next(number for number in range(1, 101) if number not in panels)
    panels.sort()


def _swapped_panels(package: Package) -> None:
    lottery = json.loads(package["lottery"])
    panels = lottery["panels"]
    panels[0], panels[1] = panels[1], panels[0]
    package["lottery"] = json.dumps(lottery, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _swapped_panels_and_commitment(package: Package) -> None:
    _swapped_panels(package)
    package["commitment"] = sha256(package["lottery"].encode()).hexdigest()


def _other_pick(package: Package) -> None:
    package["pick"]["panel"] = package["pick"]["panel"] % 100 + 1


def _other_seed(package: Package) -> None:
    package["pick"]["public_seed"] = "3 5 1 6 3"


def _other_cell(package: Package) -> None:
    package["chances"][0]["people"] += 1


def _moved_people(package: Package) -> None:
    """The table still counts everybody."""
    package["chances"][0]["people"] += 1
    package["chances"][-1]["people"] -= 1


def _other_proof(package: Package) -> None:
    package["proof"]["path"][0] = sha256(b"another").hexdigest()


def _other_chance(package: Package) -> None:
    row = package["row"] if "row" in package else package["rows"][3]
    row["exact"] += 10**9


def _other_bound(package: Package) -> None:
    package["certificate"]["upper_bound"] += 10**11


def _other_drawn(package: Package) -> None:
    package["is_drawn"] = not package["is_drawn"]


# What is changed, in which package, and the check that finds it.
TAMPERED: dict[str, tuple[str, Change, str]] = {
    "total": ("public", _other_total, "sortition.package_seats"),
    "total beyond the quota": ("public", _total_beyond_the_quota, "sortition.package_quotas"),
    "total, audit": ("audit", _traded_totals, "sortition.package_totals"),
    "row, own": ("own", _other_value, "sortition.package_proof"),
    "row, audit": ("audit", _other_value, "sortition.package_root"),
    "salt, own": ("own", _other_salt, "sortition.package_proof"),
    "salt, audit": ("audit", _other_salt, "sortition.package_root"),
    "panels, own": ("own", _other_panels, "sortition.package_proof"),
    "panels, audit": ("audit", _swapped_panels, "sortition.package_commitment"),
    "panels, commitment mended": ("audit", _swapped_panels_and_commitment, "sortition.package_rows"),
    "pick, public": ("public", _other_pick, "sortition.package_pick"),
    "pick, own": ("own", _other_pick, "sortition.package_pick"),
    "pick, audit": ("audit", _other_pick, "sortition.package_pick"),
    "seed": ("public", _other_seed, "sortition.package_pick"),
    "cell": ("public", _other_cell, "sortition.package_cells"),
    "cells, audit": ("audit", _moved_people, "sortition.package_chances"),
    "proof": ("own", _other_proof, "sortition.package_proof"),
    "chance, own": ("own", _other_chance, "sortition.package_proof"),
    "chance, audit": ("audit", _other_chance, "sortition.package_rows"),
    "bound": ("public", _other_bound, "sortition.package_bound"),
    "bound, audit": ("audit", _other_bound, "sortition.package_certificate"),
    "drawn": ("own", _other_drawn, "sortition.package_drawn"),
}

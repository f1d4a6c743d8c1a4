"""``report.html``: a page by itself that tells a lottery to citizens: charts with tables beside them, no JavaScript."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np

from burgertop import __version__
from burgertop.cli.sortition.charts import Row, chances_chart, rows_chart
from burgertop.cli.sortition.looks import STYLE
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery, commitment_of
from burgertop.core.sortition.quotas import Quota, Quotas

__all__ = ["report_of"]

Margins = Mapping[str, Mapping[str, int]]
QUANTILES = (
    (0.0, "the smallest"),
    (0.1, "10% have at most"),
    (0.25, "25% have at most"),
    (0.5, "half have at most"),
    (0.75, "75% have at most"),
    (0.9, "90% have at most"),
    (1.0, "the largest"),
)
GOALS = {
    "leximin": "It makes the smallest chance as large as the quotas allow, then the next smallest, and so on.",
    "maximin": "It makes the smallest chance as large as the quotas allow, and the rest as even as can be.",
    "nash": "It makes the product of all chances as large as the quotas allow.",
    "goldilocks": "It lets no chance be too small and none too large.",
}


def report_of(lottery: Lottery, pool: Pool, quotas: Quotas, margins: Margins) -> str:
    """Write the page; ``margins`` of the population are shown where they are known."""
    counted = [_Counted(lottery, pool, row) for row in quotas]
    body = "\n".join(
        (
            _head(lottery),
            "<main>",
            _key(lottery),
            _chances(lottery),
            _features(quotas, counted, len(pool), margins),
            _quotas(quotas, counted),
            _never(lottery),
            _checking(lottery),
            "</main>",
            f"<footer>Burgertop {escape(__version__)}. The same pool, quotas and rule make the same page.</footer>",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>A fair lottery: {lottery.seats} of {len(pool)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


class _Counted:
    """What became of one quota: people in the pool, seats on average, fewest and most on the numbered panels."""

    def __init__(self, lottery: Lottery, pool: Pool, quota: Quota) -> None:
        mine = np.array(pool.column(quota.feature)) == quota.value
        seated = mine[lottery.panels].sum(axis=1)
        self.quota = quota
        self.people = int(mine.sum())
        self.average = float(lottery.exact[mine].sum())
        self.fewest, self.most = int(seated.min()), int(seated.max())

    @property
    def is_met(self) -> bool:
        return self.quota.least <= self.fewest and self.most <= self.quota.most


def _head(lottery: Lottery) -> str:
    people, panels = f"{len(lottery.ids):,}", f"{len(lottery.panels):,}"
    return (
        f"<header>\n<h1>A fair lottery for {lottery.seats:,} seats</h1>\n"
        f'<p class="lead">{people} people can be drawn. Below are {panels} numbered panels; each meets all quotas. '
        "One number, drawn in public, decides which panel it is.</p>\n</header>"
    )


def _key(lottery: Lottery) -> str:
    proven = lottery.certificate
    rows = (
        ("smallest chance of anybody who can be drawn", f"{proven.min_probability:.2%}"),
        ("no lottery gives everybody more than", f"{proven.upper_bound:.2%}"),
        ("largest shortfall of a chance (gap)", _tiny(proven.gap)),
        ("numbered panels", f"{len(lottery.panels):,}"),
    )
    cells = "\n".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<div class="key"><dl>\n{cells}\n</dl></div>'


def _chances(lottery: Lottery) -> str:
    equal = lottery.seats / len(lottery.ids)
    published = lottery.published / len(lottery.panels)
    columns = [
        np.quantile(one, [share for share, _ in QUANTILES], method="inverted_cdf")
        for one in (lottery.ideal, lottery.exact, published)
    ]
    rows = [(words, *(f"{column[number]:.2%}" for column in columns)) for number, (_, words) in enumerate(QUANTILES)]
    chart = chances_chart(lottery.ideal.tolist(), equal, "The chance of everybody, from the smallest to the largest")
    table = _table("How chances are spread over the pool", ("", "ideal", "exact", "on the panels"), rows)
    return (
        f"<section>\n<h2>Everybody’s chance</h2>\n<p>The rule is <strong>{escape(lottery.rule)}</strong>. "
        f"{GOALS.get(lottery.rule, '')} People with a rare mix of features have a larger chance, because the quotas "
        "need them; people with a common one share their seats with many.</p>\n"
        f'<div class="pair">\n<figure>{chart}</figure>\n{table}\n</div>\n'
        "<p>Ideal: what the rule gives. Exact: under the exact distribution of panels. On the panels: on how many "
        "of the numbered panels somebody is. Everybody’s own line stands in <code>chances.csv</code>.</p>\n</section>"
    )


def _features(quotas: Quotas, counted: Sequence[_Counted], people: int, margins: Margins) -> str:
    known = any(feature in margins for feature in quotas.features)
    looks = [("band", "quota"), ("pool", "pool"), ("panel", "panel, on average")]
    looks += [("population", "population")] if known else []
    parts = []
    for feature in quotas.features:
        mine = [one for one in counted if one.quota.feature == feature]
        living = margins.get(feature, {})
        total = sum(living.values())
        of = {value: number / total for value, number in living.items()} if total else {}
        rows, lines = [], []
        for one in mine:
            value, in_pool, on_panel = one.quota.value, one.people / people, one.average / quotas.seats
            marks = [("population", of[value])] if value in of else []
            marks += [("pool", in_pool), ("panel", on_panel)]
            band = (one.quota.least / quotas.seats, min(one.quota.most / quotas.seats, 1.0))
            rows.append(Row(value, band=band, marks=tuple(marks)))
            shares = (f"{of[value]:.1%}" if value in of else "–",) if of else ()
            lines.append((value, *shares, f"{in_pool:.1%}", f"{on_panel:.1%}"))
        chart = rows_chart(rows, f"{feature}: shares of pool and panel", is_share=True)
        head = ("", *(("population",) if of else ()), "pool", "panel")
        parts.append(_figure(feature, chart, _table(f"Shares by {feature}", head, lines)))
    words = (
        "Who volunteers is seldom like the population. The quotas pull the panel back: its mark lies inside the band."
    )
    return f"<section>\n<h2>Pool and panel</h2>\n<p>{words}</p>\n{_legend(looks)}\n{''.join(parts)}\n</section>"


def _quotas(quotas: Quotas, counted: Sequence[_Counted]) -> str:
    parts = []
    for feature in quotas.features:
        mine = [one for one in counted if one.quota.feature == feature]
        rows = [
            Row(
                one.quota.value,
                band=(one.quota.least, min(one.quota.most, quotas.seats)),
                span=(one.fewest, one.most),
                marks=(("average", one.average),),
            )
            for one in mine
        ]
        lines = [
            (
                one.quota.value,
                _range(one.quota.least, one.quota.most),
                _range(one.fewest, one.most),
                f"{one.average:.2f}",
                "✓" if one.is_met else "NOT MET",
            )
            for one in mine
        ]
        chart = rows_chart(rows, f"{feature}: seats on the numbered panels within the quotas", is_share=False)
        head = ("", "quota", "panels", "average", "met")
        parts.append(_figure(feature, chart, _table(f"Seats by {feature}", head, lines)))
    met = sum(one.is_met for one in counted)
    looks = [("band", "quota"), ("span", "fewest to most on a panel"), ("average", "average")]
    words = f"<strong>{met} of {len(counted)} quotas are met</strong> on every numbered panel."
    return f"<section>\n<h2>Quotas</h2>\n<p>{words}</p>\n{_legend(looks)}\n{''.join(parts)}\n</section>"


def _never(lottery: Lottery) -> str:
    if not lottery.never_chosen:
        return ""
    names = ", ".join(f"<code>{escape(one)}</code>" for one in lottery.never_chosen)
    return (
        "<section>\n<h2>Who cannot be drawn</h2>\n<p>No panel that meets the quotas and the lists can hold these "
        f"{len(lottery.never_chosen)} people:</p>\n<p>{names}</p>\n</section>"
    )


def _checking(lottery: Lottery) -> str:
    return (
        "<section>\n<h2>Check it yourself</h2>\n<ol>\n"
        "<li>Before the draw, this number was published. It is the SHA-256 of <code>lottery.json</code>: nobody can "
        f'change a panel later without changing it.<br><code class="digest">{commitment_of(lottery)}</code></li>\n'
        "<li>The number of the panel comes from dice thrown in public, or from a text nobody could know before.</li>\n"
        "<li><code>burgertop verify</code> checks this folder by counting and adding, without the software that drew "
        "it.</li>\n<li><code>burgertop replay</code> makes the lottery again from pool and quotas.</li>\n</ol>\n"
        f'<p>Digest of pool, quotas and lists: <code class="digest">{escape(lottery.input_digest)}</code></p>\n'
        "</section>"
    )


def _figure(feature: str, chart: str, table: str) -> str:
    return f'<h3>{escape(feature)}</h3>\n<div class="pair">\n<figure>{chart}</figure>\n{table}\n</div>\n'


def _legend(looks: Sequence[tuple[str, str]]) -> str:
    circle = '<circle class="{look}" cx="12" cy="11" r="5"/>'
    shapes = {
        "band": '<rect class="band" x="1" y="4" width="22" height="14" rx="3"/>',
        "span": '<rect class="span" x="1" y="8" width="22" height="6" rx="3"/>',
        "population": '<path class="population" d="M12 2 v18"/>',
    }
    items = "".join(
        f'<li><svg viewBox="0 0 24 22" aria-hidden="true">'
        f"{shapes.get(look, circle.format(look=look))}</svg>{escape(words)}</li>"
        for look, words in looks
    )
    return f'<ul class="legend">{items}</ul>'


def _table(caption: str, head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in head)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(_cell(cell) for cell in row[1:])}</tr>' for row in rows
    )
    head_row = f"<thead><tr>{top}</tr></thead>"
    return f"<table>\n<caption>{escape(caption)}</caption>\n{head_row}\n<tbody>\n{lines}\n</tbody>\n</table>"


def _cell(words: str) -> str:
    look = {"✓": ' class="met"', "NOT MET": ' class="unmet"'}.get(words, "")
    return f"<td{look}>{escape(words)}</td>"


def _range(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least}–{most}"


def _tiny(share: float) -> str:
    return "0%" if share == 0 else f"{share:.1%}" if share >= 0.0005 else "none" if share < 1e-7 else f"{share:.0e}"

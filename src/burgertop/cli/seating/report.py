"""``report.html``: a page by itself that tells a seating: how good it is, how it mirrors the hall, who sits where."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from burgertop import __version__
from burgertop.cli.seating.halls import Hall
from burgertop.cli.sortition.charts import Row, rows_chart
from burgertop.cli.sortition.looks import STYLE
from burgertop.core.seating import Rules, Seating

__all__ = ["report_of"]

LISTS = ".seats th, .seats td { white-space: normal; text-align: left; }\n.seats { overflow-x: auto; }\n"


def report_of(hall: Hall, rules: Rules, plan: Seating, breaches: int, seed: str) -> str:
    """Write the page."""
    body = "\n".join(
        (
            _head(hall, plan),
            "<main>",
            _key(plan, breaches),
            _features(hall, plan),
            _values(hall, plan),
            _rules(rules),
            _seats(hall, plan),
            _checking(seed),
            "</main>",
            f"<footer>Burgertop {escape(__version__)}. The same files and seed make the same page.</footer>",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>A seating: {len(hall.people)} people, {len(hall.tables)} tables</title>\n"
        f"<style>{STYLE}{LISTS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(hall: Hall, plan: Seating) -> str:
    words = "Everybody sits where a language of theirs is heard, every table is as near to a small copy of the hall as"
    return (
        f"<header>\n<h1>{len(hall.people):,} people at {len(hall.tables):,} tables</h1>\n"
        f'<p class="lead">{len(plan.rounds)} rounds. {words} that allows, and people meet others in each round.</p>\n'
        "</header>"
    )


def _key(plan: Seating, breaches: int) -> str:
    rows = (
        ("rules broken", f"{breaches}"),
        ("above the least distance possible", f"{plan.balance / plan.bound - 1:.1%}" if plan.bound else "0%"),
        (f"repeated meetings ({plan.forced_repeats} cannot be avoided)", f"{plan.repeats}"),
        (f"lone speakers at mixed tables ({plan.forced_lone_speakers} cannot be avoided)", f"{plan.lone_speakers}"),
    )
    cells = "\n".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<div class="key"><dl>\n{cells}\n</dl></div>'


def _features(hall: Hall, plan: Seating) -> str:
    rows = [
        (name, f"{mine:.3f}", f"{least:.3f}", f"{mine / least - 1:.1%}" if least else "–")
        for name, (mine, least) in zip(hall.features, plan.by_feature, strict=True)
    ]
    rows.append(
        (
            "all",
            f"{plan.balance:.3f}",
            f"{plan.bound:.3f}",
            f"{plan.balance / plan.bound - 1:.1%}" if plan.bound else "–",
        )
    )
    table = _table(
        "Distance of a table from a small copy of the hall", ("", "this plan", "no plan is below", "above"), rows
    )
    words = (
        "For each table and each value of a feature: how many people too many or too few sit there, added up, on "
        "average over tables and rounds. Nobody can be split and languages keep people at some tables, so that no plan "
        "reaches nought; the bound is what no plan with tables of these sizes can be below."
    )
    return f"<section>\n<h2>A mirror of the hall</h2>\n<p>{words}</p>\n{table}\n</section>"


def _values(hall: Hall, plan: Seating) -> str:
    features_of = {one.id: one.features for one in hall.people}
    tables = [ids for seated in plan.rounds for ids in seated.values() if ids]
    counts = [Counter(pair for one in ids for pair in enumerate(features_of[one])) for ids in tables]
    everybody = Counter(pair for one in hall.people for pair in enumerate(one.features))
    size = len(hall.people) * len(plan.rounds) / max(1, len(tables))
    parts = []
    for feature, name in enumerate(hall.features):
        values = sorted(value for at, value in everybody if at == feature)
        rows, lines = [], []
        for value in values[:40]:
            many = [count[feature, value] for count in counts]
            ideal = everybody[feature, value] / len(hall.people) * size
            rows.append(Row(value, span=(min(many), max(many)), marks=(("average", ideal),)))
            share = everybody[feature, value] / len(hall.people)
            lines.append((value, f"{share:.1%}", f"{ideal:.2f}", f"{min(many)}–{max(many)}"))
        chart = rows_chart(rows, f"{name}: people at a table, fewest to most", is_share=False)
        table = _table(f"People by {name}", ("", "in the hall", "for a table", "at the tables"), lines)
        parts.append(f'<h3>{escape(name)}</h3>\n<div class="pair">\n<figure>{chart}</figure>\n{table}\n</div>\n')
    return (
        "<section>\n<h2>People at a table</h2>\n<p>The bar goes from the fewest to the most people with a value at any "
        "table, the mark is their share of an average table. Where languages and provinces go together, tables of one "
        f"language must differ.</p>\n{''.join(parts)}\n</section>"
    )


def _rules(rules: Rules) -> str:
    lines = [
        f"{len(rules.pins)} fixed tables",
        f"{len(rules.apart)} listed sets of people who sit apart",
        f"{len(rules.together)} sets of people who sit together",
        "people of one household sit apart" if rules.households_apart else "people of one household may sit together",
        (
            f"at a mixed table {rules.least_speakers} or more people speak a language, or nobody needs it"
            if rules.least_speakers > 1
            else "lone speakers are allowed"
        ),
    ]
    items = "\n".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section>\n<h2>Rules kept</h2>\n<ul>\n{items}\n</ul>\n</section>"


def _seats(hall: Hall, plan: Seating) -> str:
    head = ("table", "languages", *(f"round {number}" for number in range(1, len(plan.rounds) + 1)))
    rows = []
    for name, table in zip(hall.names, hall.tables, strict=True):
        said = " ".join(sorted(table.languages)) + "".join(
            f" +{one}" for one in sorted(table.interpreter - table.languages)
        )
        rows.append((name, said, *(" ".join(seated[table.number]) for seated in plan.rounds)))
    return f'<section class="seats">\n<h2>Who sits where</h2>\n{_table("Ids at each table", head, rows)}\n</section>'


def _checking(seed: str) -> str:
    return (
        "<section>\n<h2>Check it yourself</h2>\n<p><code>burgertop verify</code> looks at every seat and "
        "counts balance and repeated meetings anew, with code that shares nothing with what made the plan. "
        f"The chance came from the seed <code>{escape(seed)}</code>.</p>\n</section>"
    )


def _table(caption: str, head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in head)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    head_row = f"<thead><tr>{top}</tr></thead>"
    return f"<table>\n<caption>{escape(caption)}</caption>\n{head_row}\n<tbody>\n{lines}\n</tbody>\n</table>"

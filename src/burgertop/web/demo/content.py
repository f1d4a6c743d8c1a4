"""The texts and figures of the demo, read from the files in `content/`.

`content/SOURCES.md` says what is fact, with its source, and what is invented.
"""

from functools import cache

from burgertop.web.demo import kinds
from burgertop.web.demo.kinds import Text
from burgertop.web.demo.reading import Row, Tree, rows_of, tree_of

__all__ = ["load_content"]


@cache
def load_content() -> kinds.DemoContent:
    """Read the whole demo; a second call costs nothing."""
    cards = tuple(_card(row) for row in rows_of("cards.csv"))
    return kinds.DemoContent(
        process=_process(tree_of("process.toml")),
        themes=tuple(_theme(row) for row in rows_of("themes.csv")),
        ideas=tuple(_idea(row) for row in rows_of("ideas.csv")),
        tables=tuple(_table(row) for row in rows_of("tables.csv")),
        hall_quotas=tuple(_quota(row) for row in rows_of("quotas_hall.csv")),
        panel_quotas=tuple(_quota(row) for row in rows_of("quotas_panel.csv")),
        rounds=tuple(_round(tree) for tree in tree_of("rounds.toml")["round"]),
        cards=cards,
        clusters=tuple(_cluster(row, cards) for row in rows_of("clusters.csv")),
        panel=_panel(tree_of("panel.toml")),
        answers=tuple(_answer(tree) for tree in tree_of("answers.toml")["answer"]),
        tour=tuple(_step(tree) for tree in tree_of("tour.toml")["step"]),
    )


def _text(tree: Tree) -> Text:
    return Text(nl=tree["nl"], fr=tree["fr"], de=tree["de"], en=tree["en"])


def _text_in_columns(row: Row, name: str) -> Text:
    return _text({language: row[f"{name}_{language}"] for language in kinds.LANGUAGES})


def _theme(row: Row) -> kinds.Theme:
    return kinds.Theme(
        key=row["key"],
        origin=row["origin"],
        pull=float(row["pull"]),
        title=_text_in_columns(row, "title"),
        question=_text_in_columns(row, "question"),
    )


def _idea(row: Row) -> kinds.Idea:
    return kinds.Idea(
        key=row["key"],
        language=row["language"],
        theme=row["theme"] or None,
        not_taken_because=row["not_taken_because"] or None,
        hidden_because=row["hidden_because"] or None,
        place=row["place"],
        day=int(row["day"]),
        text=row["text"],
        appeal=(float(row["appeal_a"]), float(row["appeal_b"])),
        pass_share=float(row["pass_share"]),
    )


def _table(row: Row) -> kinds.DemoTable:
    return kinds.DemoTable(int(row["number"]), tuple(row["languages"].split("|")), int(row["interpreters"]))


def _quota(row: Row) -> kinds.QuotaRow:
    return kinds.QuotaRow(row["feature"], row["value"], least=int(row["min"]), most=int(row["max"]))


def _round(tree: Tree) -> kinds.DemoRound:
    return kinds.DemoRound(
        number=tree["number"],
        theme=tree["theme"],
        kind=tree["kind"],
        starts_at=tree["starts_at"],
        minutes=tree["minutes"],
        question=_text(tree["question"]),
        experts=tuple(
            kinds.Expert(_text(expert["role"]), _text(expert["subject"]), expert["minutes"], _text(expert["paper"]))
            for expert in tree["expert"]
        ),
    )


def _card(row: Row) -> kinds.Card:
    return kinds.Card(
        key=row["key"],
        round=int(row["round"]),
        table=int(row["table"]),
        language=row["language"],
        text=row["text"],
        reasons=row["reasons"],
        support=int(row["support"]),
        has_dissent=row["has_dissent"] == "true",
        idea=row["idea"] or None,
        cluster=row["cluster"] or None,
    )


def _cluster(row: Row, cards: tuple[kinds.Card, ...]) -> kinds.Cluster:
    return kinds.Cluster(
        key=row["key"],
        round=int(row["round"]),
        title=_text_in_columns(row, "title"),
        summary=_text_in_columns(row, "summary"),
        cards=tuple(card.key for card in cards if card.cluster == row["key"]),
    )


def _votes(tree: Tree) -> kinds.Votes:
    return kinds.Votes(in_favor=tree["for"], against=tree["against"], abstaining=tree["abstain"])


def _panel(tree: Tree) -> kinds.Panel:
    return kinds.Panel(
        seats=tree["seats"],
        threshold=tree["threshold"],
        topic=_text(tree["topic"]),
        sittings=tuple(
            kinds.Sitting(one["number"], one["first_day"], one["last_day"], _text(one["title"]))
            for one in tree["sitting"]
        ),
        subthemes=tuple(kinds.SubTheme(one["key"], _text(one["title"])) for one in tree["subtheme"]),
        recommendations=tuple(_recommendation(one) for one in tree["recommendation"]),
        amendments=tuple(_amendment(one) for one in tree["amendment"]),
        minority_notes=tuple(
            kinds.MinorityNote(one["recommendation"], one["people"], _text(one["text"]))
            for one in tree["minority_note"]
        ),
        questions=tuple(
            kinds.ExpertQuestion(
                one["recommendation"], _text(one["asked_of"]), _text(one["text"]), _text(one["answer"])
            )
            for one in tree["question"]
        ),
    )


def _recommendation(tree: Tree) -> kinds.Recommendation:
    return kinds.Recommendation(
        key=tree["key"],
        subtheme=tree["subtheme"],
        clusters=tuple(tree["clusters"]),
        cards=tuple(tree["cards"]),
        title=_text(tree["title"]),
        body=_text(tree["body"]),
        votes=_votes(tree["votes"]),
        is_adopted=tree["is_adopted"],
    )


def _amendment(tree: Tree) -> kinds.Amendment:
    return kinds.Amendment(
        key=tree["key"],
        recommendation=tree["recommendation"],
        author=_text(tree["author"]),
        before=_text(tree["before"]),
        after=_text(tree["after"]),
        reasons=_text(tree["reasons"]),
        votes=_votes(tree["votes"]),
        is_adopted=tree["is_adopted"],
    )


def _answer(tree: Tree) -> kinds.Answer:
    return kinds.Answer(
        recommendation=tree["recommendation"],
        addressee=tree["addressee"],
        status=tree["status"],
        answered_on=tree.get("answered_on"),
        promised_by=tree.get("promised_by"),
        what_will_be_done=_text(tree["what_will_be_done"]),
        reasons=_text(tree["reasons"]) if "reasons" in tree else None,
        next_step=_text(tree["next_step"]) if "next_step" in tree else None,
    )


def _step(tree: Tree) -> kinds.TourStep:
    return kinds.TourStep(tree["key"], tree["stage"], _text(tree["heading"]), _text(tree["text"]))


def _rule(tree: Tree) -> kinds.Rule:
    return kinds.Rule(tree["reason"], _text(tree["text"]))


def _process(tree: Tree) -> kinds.DemoProcess:
    funding, mandate = tree["funding"], tree["mandate"]
    return kinds.DemoProcess(
        slug=tree["slug"],
        languages=tuple(tree["languages"]),
        days={name: day for name, day in tree.items() if name.endswith("_on")},
        hero_idea=tree["hero_idea"],
        title=_text(tree["title"]),
        subtitle=_text(tree["subtitle"]),
        question=_text(tree["question"]),
        about=_text(tree["about"]),
        asked_by=_text(mandate["asked_by"]),
        promise=_text(mandate["promise"]),
        promise_signed_on=mandate["signed_on"],
        addressees=tuple(kinds.Addressee(one["key"], one["mail"], _text(one["name"])) for one in tree["addressee"]),
        donors=funding["donors"],
        largest_gift_share=funding["largest_gift_share"],
        gift_cap_share=funding["gift_cap_share"],
        funding_bands=tuple(
            kinds.FundingBand(one["share"], one["donors"], _text(one["title"])) for one in funding["band"]
        ),
        news=tuple(kinds.NewsItem(one["on"], _text(one["title"]), _text(one["body"])) for one in tree["news"]),
        links=tuple(kinds.Link(one["kind"], one["address"], _text(one["title"])) for one in tree["link"]),
        phone=tree["help"]["phone"],
        hours=_text(tree["help"]["hours"]),
        rules=tuple(_rule(one) for one in tree["rule"]),
        not_taken_rules=tuple(_rule(one) for one in tree["not_taken"]),
    )

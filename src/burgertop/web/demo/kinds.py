"""The kinds of things the demo's files hold: frozen values, one class for each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "LANGUAGES",
    "Addressee",
    "Amendment",
    "Answer",
    "Card",
    "Cluster",
    "DemoContent",
    "DemoProcess",
    "DemoRound",
    "DemoTable",
    "Expert",
    "ExpertQuestion",
    "FundingBand",
    "Idea",
    "Link",
    "MinorityNote",
    "NewsItem",
    "Panel",
    "QuotaRow",
    "Recommendation",
    "Rule",
    "Sitting",
    "SubTheme",
    "Text",
    "Theme",
    "TourStep",
    "Votes",
]

LANGUAGES = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the four languages of the demo."""

    nl: str
    fr: str
    de: str
    en: str

    def by_language(self) -> dict[str, str]:
        """Return the text of each language, by its tag."""
        return {"nl": self.nl, "fr": self.fr, "de": self.de, "en": self.en}


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the 25; ``origin`` is 2011 (its title is known) or ours; ``pull`` is how strongly it draws votes."""

    key: str
    origin: str
    pull: float
    title: Text
    question: Text


@dataclass(frozen=True, slots=True)
class Idea:
    """What a citizen sent in, ``day`` days after the opening.

    Without a theme it says why: ``not_taken_because`` (read, under no theme) or
    ``hidden_because`` (hidden by a moderator). ``appeal`` is the chance that a member
    of the first and of the second latent opinion group agrees.
    """

    key: str
    language: str
    theme: str | None
    not_taken_because: str | None
    hidden_because: str | None
    place: str
    day: int
    text: str
    appeal: tuple[float, float]
    pass_share: float


@dataclass(frozen=True, slots=True)
class DemoTable:
    """One of the 81 tables of 2011 with the languages spoken at it."""

    number: int
    languages: tuple[str, ...]
    interpreters: int


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """Least and most seats for one value of one feature."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Expert:
    """Who introduces a round: a role, never a name."""

    role: Text
    subject: Text
    minutes: int
    paper: Text


@dataclass(frozen=True, slots=True)
class DemoRound:
    """One round of the summit; ``kind``: vision, principle, priority, proposal or free."""

    number: int
    theme: str
    kind: str
    starts_at: dt.time
    minutes: int
    question: Text
    experts: tuple[Expert, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One note of a table; ``idea`` and ``cluster`` are keys where there is one."""

    key: str
    round: int
    table: int
    language: str
    text: str
    reasons: str
    support: int
    has_dissent: bool
    idea: str | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cards that say the same: an option on the ballot of its round."""

    key: str
    round: int
    title: Text
    summary: Text
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Votes:
    """A vote of the panel: in favor, against, abstaining."""

    in_favor: int
    against: int
    abstaining: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """One weekend of the panel."""

    number: int
    first_day: dt.date
    last_day: dt.date
    title: Text


@dataclass(frozen=True, slots=True)
class SubTheme:
    """One of the six sub-themes of 2012."""

    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation as it was voted on, with what it came from."""

    key: str
    subtheme: str
    clusters: tuple[str, ...]
    cards: tuple[str, ...]
    title: Text
    body: Text
    votes: Votes
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change somebody of the panel proposed: words before and after."""

    key: str
    recommendation: str
    author: Text
    before: Text
    after: Text
    reasons: Text
    votes: Votes
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class MinorityNote:
    """What those who voted against want to be read."""

    recommendation: str
    people: int
    text: Text


@dataclass(frozen=True, slots=True)
class ExpertQuestion:
    """A question of the panel and what was answered."""

    recommendation: str
    asked_of: Text
    text: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of 32 and its work."""

    seats: int
    threshold: str
    topic: Text
    sittings: tuple[Sitting, ...]
    subthemes: tuple[SubTheme, ...]
    recommendations: tuple[Recommendation, ...]
    amendments: tuple[Amendment, ...]
    minority_notes: tuple[MinorityNote, ...]
    questions: tuple[ExpertQuestion, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an addressee said; a promise has ``promised_by``, a settled answer ``answered_on`` and reasons."""

    recommendation: str
    addressee: str
    status: str
    answered_on: dt.date | None
    promised_by: dt.date | None
    what_will_be_done: Text
    reasons: Text | None
    next_step: Text | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """An invented office that promised to answer."""

    key: str
    mail: str
    name: Text


@dataclass(frozen=True, slots=True)
class FundingBand:
    """Gifts of one size: their share of the money and the number of donors."""

    share: float
    donors: int
    title: Text


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A short message on the page of the process."""

    on: dt.date
    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Link:
    """An address elsewhere; ``kind`` is film or stream."""

    kind: str
    address: str
    title: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """The sentence for one reason code: why an idea is hidden, or taken under no theme."""

    reason: str
    text: Text


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of the tour "follow one idea"; ``stage`` is the stage it shows."""

    key: str
    stage: str
    heading: Text
    text: Text


@dataclass(frozen=True, slots=True)
class DemoProcess:
    """The process itself: its texts, days, promise, money and help."""

    slug: str
    languages: tuple[str, ...]
    days: Mapping[str, dt.date]
    hero_idea: str
    title: Text
    subtitle: Text
    question: Text
    about: Text
    asked_by: Text
    promise: Text
    promise_signed_on: dt.date
    addressees: tuple[Addressee, ...]
    donors: int
    largest_gift_share: float
    gift_cap_share: float
    funding_bands: tuple[FundingBand, ...]
    news: tuple[NewsItem, ...]
    links: tuple[Link, ...]
    phone: str
    hours: Text
    rules: tuple[Rule, ...]
    not_taken_rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Everything the demo tells, in one value."""

    process: DemoProcess
    themes: tuple[Theme, ...]
    ideas: tuple[Idea, ...]
    tables: tuple[DemoTable, ...]
    hall_quotas: tuple[QuotaRow, ...]
    panel_quotas: tuple[QuotaRow, ...]
    rounds: tuple[DemoRound, ...]
    cards: tuple[Card, ...]
    clusters: tuple[Cluster, ...]
    panel: Panel
    answers: tuple[Answer, ...]
    tour: tuple[TourStep, ...]

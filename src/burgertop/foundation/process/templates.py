"""The forms of a process that we know: which stages, in which order."""

from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_noop

from burgertop.foundation.process.models import StageKind, Template

__all__ = ["LAYOUTS", "StagePlan"]


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage of a template: its kind, its address, its title (a message of the catalogues)."""

    kind: StageKind
    slug: str
    title: str


LAYOUTS = MappingProxyType(
    {
        Template.BELGIAN: (
            StagePlan(StageKind.CONSULTATION, "ideas", gettext_noop("Consultation")),
            StagePlan(StageKind.LOTTERY, "draw", gettext_noop("Lottery")),
            StagePlan(StageKind.SUMMIT, "day", gettext_noop("Summit")),
            StagePlan(StageKind.PANEL, "panel", gettext_noop("Panel")),
            StagePlan(StageKind.REPORT, "report", gettext_noop("Report")),
        ),
        Template.DUTCH: (
            StagePlan(StageKind.LOTTERY, "loting", gettext_noop("Lottery")),
            StagePlan(StageKind.SUMMIT, "burgertop", gettext_noop("Burgertop")),
            StagePlan(StageKind.PANEL, "burgerforum", gettext_noop("Burgerforum")),
            StagePlan(StageKind.PANEL, "burgerraad", gettext_noop("Burgerraad")),
            StagePlan(StageKind.REPORT, "burgerbesluit", gettext_noop("Burgerbesluit")),
        ),
        Template.PANEL_ONLY: (
            StagePlan(StageKind.LOTTERY, "draw", gettext_noop("Lottery")),
            StagePlan(StageKind.PANEL, "panel", gettext_noop("Panel")),
            StagePlan(StageKind.REPORT, "report", gettext_noop("Report")),
        ),
    }
)

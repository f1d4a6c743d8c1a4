"""What the consultation put on the agenda: the themes a round may take up."""

from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.consultation.models import Theme
from burgertop.stages.consultation.queries import agenda_of

__all__ = ["themes_for"]


def themes_for(stage: Stage) -> list[Theme]:
    """The themes that the consultations of this process chose, in the order of the votes."""
    earlier = Stage.objects.filter(process_id=stage.process_id, kind=StageKind.CONSULTATION).order_by("order")
    return [theme for one in earlier for theme in agenda_of(one)]

"""The application of this room."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """The report, the answers of addressees, the trace from answer to idea."""

    name = "burgertop.stages.report"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences and the jobs."""
        from burgertop.stages.report import jobs  # noqa: F401  # its decorator registers the job
        from burgertop.stages.report.sentences import speak  # words are ready only now

        speak()

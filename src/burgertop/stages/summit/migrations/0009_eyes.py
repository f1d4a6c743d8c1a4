import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    dependencies = [
        ("process", "0001_initial"),
        ("summit", "0008_homes"),
    ]

    operations = [
        migrations.AddField(
            model_name="hallballot",
            name="embargo_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="SignedLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(choices=[("observe", "observers"), ("press", "press")], max_length=10),
                        ),
                        ("purpose", models.CharField(max_length=80)),
                        ("key", models.CharField(max_length=32)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ends_at", models.DateTimeField()),
                        ("called_back_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signed_links",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("made_at"))),
                                name="link_ends_after_it_is_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("note", "note"), ("report", "report")], max_length=10)),
                        ("account", models.UUIDField(blank=True, null=True)),
                        ("signed", models.CharField(blank=True, max_length=80)),
                        (
                            "language",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\\Z",
                                        "Enter a language tag such as nl, el or ar.",
                                    )
                                ],
                            ),
                        ),
                        ("table_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("body", models.TextField(blank=True)),
                        ("file", models.FileField(blank=True, upload_to="observers/")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("answer", models.TextField(blank=True)),
                        ("answer_language", models.CharField(blank=True, max_length=20)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="observations",
                                to="summit.cluster",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="observations",
                                to="summit.signedlink",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="observations",
                                to="summit.round",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="observations",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["written_at", "id"],
                        "indexes": [
                            models.Index(fields=["stage", "published_at"], name="observations_published"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at__isnull", True),
                                    models.Q(("digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="published_observation_has_digest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file", ""), ("kind", "note")),
                                    models.Q(("kind", "report"), models.Q(("file", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="report_has_file_and_no_note",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), ("published_at__isnull", False), _connector="OR"),
                                name="answer_beside_what_is_published",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]

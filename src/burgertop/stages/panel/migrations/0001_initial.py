import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("to_version", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("voting", "being voted on"),
                                    ("adopted", "adopted"),
                                    ("rejected", "not adopted"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("ballot", models.UUIDField(blank=True, null=True)),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("once", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amendments",
                                to="panel.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("recommendation", "number"), name="amendment_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinorityNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("signed_by", models.PositiveSmallIntegerField(default=1)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("once", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="minority_notes",
                                to="panel.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["written_at"],
                    },
                ),
                migrations.CreateModel(
                    name="PanelSeat",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="panel_seats",
                                to="people.participant",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="panel_seats",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="panel_seat_number_once"),
                            models.UniqueConstraint(fields=("stage", "participant"), name="panel_seat_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("once", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="panel.sitting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="panel.question"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="panel_questiontext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("voting", "being voted on"),
                                    ("adopted", "adopted"),
                                    ("rejected", "not adopted"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("ballot", models.UUIDField(blank=True, null=True)),
                        ("threshold", models.CharField(default="2/3", max_length=5)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("once", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="recommendation_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecommendationText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="panel.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="panel_recommendationtext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sitting",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("begins_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="sitting_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("begins_on"))), name="sitting_ends_later"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SittingText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="panel.sitting"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="panel_sittingtext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
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
                        ("title", models.TextField()),
                        ("body", models.TextField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="panel.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recommendation", "number", "language"), name="version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AmendmentText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="panel.amendment"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="panel_amendmenttext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinorityNoteText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="panel.minoritynote",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="panel_minoritynotetext_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

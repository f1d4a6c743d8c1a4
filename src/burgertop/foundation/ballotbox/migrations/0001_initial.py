import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("subject", models.UUIDField(blank=True, db_index=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("approval", "choose some of the options"),
                                    ("motion", "for, against or abstain"),
                                    ("ranking", "put the options in order"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("rule", models.CharField(max_length=40)),
                        ("least_choices", models.PositiveSmallIntegerField(default=1)),
                        ("most_choices", models.PositiveSmallIntegerField(default=1)),
                        ("seats", models.PositiveSmallIntegerField(default=1)),
                        ("eligible", models.PositiveIntegerField(blank=True, null=True)),
                        ("quorum", models.PositiveIntegerField(default=0)),
                        (
                            "admission",
                            models.CharField(
                                choices=[
                                    ("anyone", "anyone, one paper a browser"),
                                    ("code", "people with a personal code"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("code_purpose", models.SlugField(blank=True, max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("open", "open"),
                                    ("counted", "counted"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("order_seed", models.CharField(blank=True, max_length=64)),
                        ("public_key", models.BinaryField(blank=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closes_at", models.DateTimeField(blank=True, null=True)),
                        ("counted_at", models.DateTimeField(blank=True, null=True)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("papers_digest", models.CharField(blank=True, max_length=64)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("most_choices__gte", models.F("least_choices"))),
                                name="most_choices_not_below_least",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="ballotbox.ballot"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="ballotbox_ballottext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("subject_kind", models.CharField(blank=True, max_length=30)),
                        ("subject", models.UUIDField(blank=True, null=True)),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="ballotbox.ballot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ballot", "number"), name="option_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OptionText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="ballotbox.option"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="ballotbox_optiontext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("drawn", "drawn by lot"),
                                    ("partner", "partner seat"),
                                    ("self_selected", "came by themselves"),
                                    ("g_home", "G-Home, online table"),
                                    ("g_off", "G-Off, local gathering"),
                                    ("paper", "on paper"),
                                    ("staff_entered", "entered by staff"),
                                    ("imported", "imported"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("receipt", models.CharField(max_length=20)),
                        ("choices", models.JSONField(default=list)),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="ballotbox.ballot",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("ballot", "receipt"), name="one_paper_per_receipt")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedPaper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("voter", models.CharField(max_length=64)),
                        ("once", models.CharField(max_length=64)),
                        ("content", models.CharField(max_length=64)),
                        ("spent", models.JSONField(default=list)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("drawn", "drawn by lot"),
                                    ("partner", "partner seat"),
                                    ("self_selected", "came by themselves"),
                                    ("g_home", "G-Home, online table"),
                                    ("g_off", "G-Off, local gathering"),
                                    ("paper", "on paper"),
                                    ("staff_entered", "entered by staff"),
                                    ("imported", "imported"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sealed_papers",
                                to="ballotbox.ballot",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("ballot", "voter"), name="one_paper_per_voter")
                        ],
                    },
                ),
            ],
        ),
    ]

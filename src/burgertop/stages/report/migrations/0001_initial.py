import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("panel", "0001_initial"),
        ("people", "__first__"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Addressee",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("link_key", models.CharField(max_length=32)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="offices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="addressees",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "no answer yet"),
                                    ("draft", "being written"),
                                    ("promised", "an answer is promised"),
                                    ("accepted", "accepted"),
                                    ("in_part", "accepted in part"),
                                    ("studied", "being studied"),
                                    ("declined", "declined, with reasons"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "draft_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("waiting", "no answer yet"),
                                    ("draft", "being written"),
                                    ("promised", "an answer is promised"),
                                    ("accepted", "accepted"),
                                    ("in_part", "accepted in part"),
                                    ("studied", "being studied"),
                                    ("declined", "declined, with reasons"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("promised_on", models.DateField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("revision", models.PositiveSmallIntegerField(default=0)),
                        (
                            "addressee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="report.addressee",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="panel.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recommendation__number", "addressee__order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("addressee", "recommendation"), name="one_answer_each")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="report.answer"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="report_answertext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(max_length=20)),
                        ("pdf", models.FileField(upload_to="reports/")),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="editions", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number", "language"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number", "language"), name="edition_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddresseeText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="report.addressee"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="report_addresseetext_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

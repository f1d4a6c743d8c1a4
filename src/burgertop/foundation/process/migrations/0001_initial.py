import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables
import burgertop.foundation.process.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Process",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "slug",
                            models.SlugField(
                                max_length=40, unique=True, validators=[burgertop.foundation.process.models.check_slug]
                            ),
                        ),
                        (
                            "template",
                            models.CharField(
                                choices=[
                                    ("belgian", "Belgian G1000: consultation, summit, panel"),
                                    ("dutch", "Dutch: burgertop, burgerforum, burgerraad"),
                                    ("panel_only", "Panel only"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("languages", models.JSONField(default=list)),
                        ("is_listed", models.BooleanField(default=True)),
                        (
                            "least_age",
                            models.PositiveSmallIntegerField(
                                default=16, validators=[django.core.validators.MaxValueValidator(99)]
                            ),
                        ),
                        (
                            "age_of_majority",
                            models.PositiveSmallIntegerField(
                                default=18, validators=[django.core.validators.MinValueValidator(12)]
                            ),
                        ),
                        (
                            "minors_rule",
                            models.CharField(
                                choices=[
                                    ("not_admitted", "not admitted"),
                                    ("with_consent", "with the written consent of a parent or guardian"),
                                    ("admitted", "admitted on their own consent"),
                                ],
                                default="with_consent",
                                max_length=20,
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("contact_mail", models.EmailField(blank=True, max_length=254)),
                        (
                            "brand",
                            models.CharField(
                                blank=True,
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(#[0-9a-fA-F]{6})?\\Z", "Enter a color such as #0b4f5a."
                                    )
                                ],
                            ),
                        ),
                        (
                            "brand_deep",
                            models.CharField(
                                blank=True,
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(#[0-9a-fA-F]{6})?\\Z", "Enter a color such as #0b4f5a."
                                    )
                                ],
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                blank=True,
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(#[0-9a-fA-F]{6})?\\Z", "Enter a color such as #0b4f5a."
                                    )
                                ],
                            ),
                        ),
                        ("logo", models.FileField(blank=True, upload_to="logos/")),
                        ("answers_due_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-created_at", "slug"],
                    },
                ),
                migrations.CreateModel(
                    name="News",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("news", "News"), ("film", "Film"), ("stream", "Live stream")],
                                default="news",
                                max_length=10,
                            ),
                        ),
                        ("link", models.URLField(blank=True)),
                        ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="news", to="process.process"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "news",
                        "ordering": ["-published_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Stage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("lottery", "Lottery"),
                                    ("summit", "Summit"),
                                    ("panel", "Panel"),
                                    ("report", "Report"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40)),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("open", "under way"), ("closed", "done")],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("opens_at", models.DateTimeField(blank=True, null=True)),
                        ("closes_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="process.process"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("process", "kind", "slug"), name="stage_address_once"),
                            models.UniqueConstraint(fields=("process", "order"), name="stage_order_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opens_at__isnull", True),
                                    ("closes_at__isnull", True),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="stage_closes_after_it_opens",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="process_stagetext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NewsText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="process.news"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="process_newstext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="process.process"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="process_processtext_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ballotbox", "0001_initial"),
        ("people", "0001_initial"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vision", "visions"),
                                    ("principle", "principles"),
                                    ("priority", "priorities"),
                                    ("proposal", "proposals"),
                                    ("free", "whatever the table chooses"),
                                ],
                                default="proposal",
                                max_length=12,
                            ),
                        ),
                        ("theme", models.UUIDField(blank=True, db_index=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("open", "under way"), ("closed", "done")],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "length_seconds",
                            models.PositiveIntegerField(
                                default=2400, validators=[django.core.validators.MinValueValidator(60)]
                            ),
                        ),
                        (
                            "cards_limit",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                            ),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("seat_seed", models.CharField(blank=True, max_length=200)),
                        ("seat_digest", models.CharField(blank=True, max_length=64)),
                        ("seated_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="round_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("stage",), name="one_open_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "planned"), ("opened_at__isnull", False), _connector="OR"),
                                name="round_begins_before_it_ends",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HallBallot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ballot",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_hall",
                                to="ballotbox.ballot",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_ballots",
                                to="process.stage",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_ballots",
                                to="summit.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="hall_ballot_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cluster",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key", models.SlugField(max_length=60)),
                        ("order", models.PositiveSmallIntegerField()),
                        ("made_by", models.UUIDField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("dissolved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="clusters", to="summit.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "key"), name="cluster_key_once"),
                            models.UniqueConstraint(fields=("round", "order"), name="cluster_order_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="summit.round"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="summit_roundtext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Table",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                default=10, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        ("languages", models.JSONField(default=list)),
                        ("interpreter_languages", models.JSONField(blank=True, default=list)),
                        ("is_step_free", models.BooleanField(default=True)),
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
                                default="drawn",
                                max_length=20,
                            ),
                        ),
                        ("door", models.PositiveSmallIntegerField(default=1)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tables", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="table_number_once"),
                            models.CheckConstraint(condition=models.Q(("seats__gt", 0)), name="table_has_seats"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("is_by_hand", models.BooleanField(default=False)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_seats",
                                to="people.participant",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="summit.round"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seated", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["round", "table"], name="seats_of_table")],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "participant"), name="one_seat_per_round")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key_hash", models.CharField(max_length=64, unique=True)),
                        ("bound_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("table",),
                                name="one_device_per_table",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Card",
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
                        ("support", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("is_dissent", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "kept at the table"), ("sent", "sent"), ("withdrawn", "taken back")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("once", models.UUIDField()),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="summit.round"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table__number", "number"],
                        "indexes": [models.Index(fields=["round", "state", "sent_at"], name="cards_as_sent")],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "table", "number"), name="card_number_once"),
                            models.UniqueConstraint(fields=("round", "table", "once"), name="card_form_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardRevision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("once", models.UUIDField()),
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
                        ("text", models.TextField(blank=True)),
                        ("reasons", models.TextField(blank=True)),
                        ("support", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("is_dissent", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "kept at the table"), ("sent", "sent"), ("withdrawn", "taken back")],
                                max_length=10,
                            ),
                        ),
                        ("is_conflict", models.BooleanField(default=False)),
                        ("written_by", models.UUIDField(blank=True, null=True)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="summit.card"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "written_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("card", "once"), name="card_change_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_conflict", False)),
                                fields=("card", "number"),
                                name="card_revision_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="summit.card"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="summit_cardtext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterCard",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("put_by", models.UUIDField(blank=True, null=True)),
                        ("put_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="after",
                                to="summit.clustercard",
                            ),
                        ),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="summit.card"
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placements",
                                to="summit.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["put_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("card",),
                                name="one_cluster_per_card",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterText",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="summit.cluster"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="summit_clustertext_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

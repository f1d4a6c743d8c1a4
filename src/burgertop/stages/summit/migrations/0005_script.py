import datetime as dt
import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import burgertop.foundation.making_tables


def give_rounds_their_items(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every round gets an item of the script, with its length and when it was held; an open one is under way."""
    rounds, items, clocks = (apps.get_model("summit", name) for name in ("Round", "ScriptItem", "DayClock"))
    orders: dict[object, int] = {}
    for one in rounds.objects.order_by("stage_id", "number"):
        orders[one.stage_id] = orders.get(one.stage_id, 0) + 1
        ended_at = max(one.closed_at, one.opened_at) if one.closed_at and one.opened_at else None
        item = items.objects.create(
            stage_id=one.stage_id,
            order=orders[one.stage_id],
            kind="round",
            round=one,
            length_seconds=one.length_seconds,
            began_at=one.opened_at,
            ended_at=None if one.state == "open" else ended_at,
        )
        clock, _is_new = clocks.objects.get_or_create(stage_id=one.stage_id)
        if one.state == "open":
            clock.current = item
            clock.save()


def give_rounds_their_length(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back: the length of a round from its item."""
    for item in apps.get_model("summit", "ScriptItem").objects.filter(round__isnull=False).select_related("round"):
        item.round.length_seconds = item.length_seconds
        item.round.save(update_fields=["length_seconds"])


class Migration(migrations.Migration):
    dependencies = [
        ("process", "0001_initial"),
        ("summit", "0004_weights"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="DayMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("once", models.UUIDField(unique=True)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="day_messages",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sent_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("stage",),
                                name="one_message_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayMessageText",
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
                                to="summit.daymessage",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="summit_daymessagetext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelpCall",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("facilitator", "somebody to lead the talk"),
                                    ("interpreter", "an interpreter"),
                                    ("technical", "the device"),
                                    ("access", "somebody is not well, or needs access"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("once", models.UUIDField(unique=True)),
                        ("called_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_by", models.UUIDField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="help_calls",
                                to="summit.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["called_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("table", "kind"),
                                name="one_open_call_of_a_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScriptItem",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("order", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("introduction", "introduction"),
                                    ("round", "round"),
                                    ("break", "break"),
                                    ("vote", "vote"),
                                    ("other", "other"),
                                ],
                                default="other",
                                max_length=12,
                            ),
                        ),
                        (
                            "length_seconds",
                            models.PositiveIntegerField(
                                default=600, validators=[django.core.validators.MinValueValidator(60)]
                            ),
                        ),
                        ("added", models.DurationField(default=dt.timedelta)),
                        ("paused", models.DurationField(default=dt.timedelta)),
                        ("began_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "round",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="item",
                                to="summit.round",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="script_items",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "order"), name="script_order_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "round"), ("round__isnull", False)),
                                    models.Q(models.Q(("kind", "round"), _negated=True), ("round__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_round_has_its_item",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("began_at__isnull", False), ("ended_at__gte", models.F("began_at"))),
                                    _connector="OR",
                                ),
                                name="an_item_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScriptAct",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("revision", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("begun", "begun"),
                                    ("ended", "ended"),
                                    ("paused", "clock stopped"),
                                    ("resumed", "clock goes on"),
                                    ("stretched", "time changed"),
                                    ("put_back", "begun by mistake"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("seconds", models.IntegerField(default=0)),
                        ("by", models.UUIDField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="script_acts",
                                to="process.stage",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="summit.scriptitem",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="acts",
                                to="summit.scriptitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["revision"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "revision"), name="one_press_per_revision")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayClock",
                    fields=[
                        (
                            "stage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="clock",
                                serialize=False,
                                to="process.stage",
                            ),
                        ),
                        ("planned_at", models.DateTimeField(blank=True, null=True)),
                        ("is_public", models.BooleanField(default=True)),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        (
                            "current",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="summit.scriptitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("paused_at__isnull", True), ("current__isnull", False), _connector="OR"
                                ),
                                name="only_an_item_stands_still",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScriptText",
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
                                to="summit.scriptitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name", "language"), name="summit_scripttext_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableTopic",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=120)),
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
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="summit.round"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("round", "table"), name="one_topic_per_table")],
                    },
                ),
            ],
        ),
        migrations.RunPython(give_rounds_their_items, give_rounds_their_length),
        migrations.RemoveField(model_name="round", name="length_seconds"),
    ]

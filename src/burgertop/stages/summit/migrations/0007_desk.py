import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    dependencies = [
        ("summit", "0006_table"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="DeskAct",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("place", "put in"),
                                    ("make", "new cluster"),
                                    ("merge", "merged"),
                                    ("split", "split"),
                                    ("reword", "worded anew"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("cards", models.PositiveSmallIntegerField(default=0)),
                        ("seconds", models.FloatField(blank=True, null=True)),
                        ("words", models.JSONField(blank=True, default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("by", models.UUIDField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="acts", to="summit.cluster"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="desk_acts", to="summit.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["round", "by", "at"], name="acts_of_somebody")],
                    },
                ),
                migrations.CreateModel(
                    name="DeskHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField(unique=True)),
                        ("since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateTimeField()),
                        (
                            "card",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="hold", to="summit.card"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("reason", models.TextField(blank=True)),
                        ("once", models.UUIDField(unique=True)),
                        ("made_by", models.UUIDField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("moved", "the card was moved"), ("kept", "the card stays")],
                                max_length=10,
                            ),
                        ),
                        ("answer_text", models.TextField(blank=True)),
                        ("answered_by", models.UUIDField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="summit.card"
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="objections",
                                to="summit.cluster",
                            ),
                        ),
                        (
                            "moved_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="won",
                                to="summit.cluster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("card",),
                                name="one_open_objection_per_card",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="objection_answered_with_a_word",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotWaiver",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("unconfirmed", "cards that only one person has placed"),
                                    ("words", "words missing in a language"),
                                    ("objections", "tables that object and have no answer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("count", models.PositiveSmallIntegerField()),
                        ("reason", models.CharField(max_length=300)),
                        ("made_by", models.UUIDField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "hall",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waivers",
                                to="summit.hallballot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind"],
                        "constraints": [models.UniqueConstraint(fields=("hall", "kind"), name="one_waiver_of_a_kind")],
                    },
                ),
                migrations.CreateModel(
                    name="CodingSample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("seed", models.CharField(max_length=200)),
                        ("drawn_by", models.UUIDField(blank=True, null=True)),
                        ("drawn_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coding_samples",
                                to="summit.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["drawn_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SampledCard",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sampled", to="summit.card"
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sampled", to="summit.cluster"
                            ),
                        ),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="summit.codingsample",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("sample", "card"), name="card_once_in_a_sample"),
                            models.UniqueConstraint(fields=("sample", "place"), name="place_once_in_a_sample"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("coder", models.UUIDField()),
                        ("coded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="summit.cluster"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codings",
                                to="summit.sampledcard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["coded_at", "id"],
                        "constraints": [models.UniqueConstraint(fields=("item", "coder"), name="coded_once_by_each")],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="cluster",
            name="is_rest",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="cluster",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="summit.cluster",
            ),
        ),
        migrations.AddField(
            model_name="cluster",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="cluster",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="split",
                to="summit.cluster",
            ),
        ),
        migrations.AddField(
            model_name="clustercard",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="clustercard",
            name="confirmed_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="clustercard",
            name="suggested",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_rest", True)), fields=("round",), name="one_rest_per_round"
            ),
        ),
        migrations.AddField(
            model_name="clustercard",
            name="act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="placements",
                to="summit.deskact",
            ),
        ),
        migrations.AddConstraint(
            model_name="clustercard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    ("put_by__isnull", True),
                    models.Q(("confirmed_by", models.F("put_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_second_person_confirms",
            ),
        ),
        migrations.AddConstraint(
            model_name="clustercard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="confirmed_by_somebody",
            ),
        ),
    ]

"""What moved to the rounds leaves the draws."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("draws", "0004_first_rounds"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="draw",
            name="committed_at",
        ),
        migrations.RemoveField(
            model_name="draw",
            name="drawn_at",
        ),
        migrations.RemoveField(
            model_name="draw",
            name="input_digest",
        ),
        migrations.RemoveField(
            model_name="draw",
            name="public_seed",
        ),
        migrations.RemoveField(
            model_name="draw",
            name="result_digest",
        ),
        migrations.RemoveField(
            model_name="draw",
            name="version",
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("summit", "0009_eyes"),
    ]

    operations = [
        migrations.AddField(
            model_name="scriptitem",
            name="not_before_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

"""Lock the record in the database itself: lines are added, never changed or deleted."""

from django.db import migrations

from burgertop.foundation.record.guards import guard


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [guard()]

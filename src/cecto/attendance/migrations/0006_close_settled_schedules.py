"""Sessions that were settled before their schedules could be closed get theirs closed."""

from django.db import migrations


def close_schedules(apps, schema_editor):
    settlements = apps.get_model("attendance", "Settlement").objects.filter(reopening=None)
    for settlement in settlements.select_related("meeting"):
        settlement.meeting.schedule_closed_at = settlement.settled_at
        settlement.meeting.save(update_fields=["schedule_closed_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0005_make_ups"),
        ("classes", "0004_closed_schedules"),
    ]

    operations = [migrations.RunPython(close_schedules, migrations.RunPython.noop)]

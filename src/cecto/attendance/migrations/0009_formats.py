"""Where people were: of what a device sent, of minutes set by hand, and of every row that a video system reported."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VIDEO = ("zoom", "teams", "meet")


def say_online(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rows of video systems say online; entries of sessions settled before stay as they were posted."""
    apps.get_model("attendance", "ReportRow").objects.filter(report__source__in=VIDEO).update(modality="sync")


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0008_sent_from_devices"),
    ]

    operations = [
        migrations.AddField(model_name="mark", name="segment_formats", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="sent", name="modality", field=models.CharField(blank=True, max_length=8)),
        migrations.RunPython(say_online, migrations.RunPython.noop),
    ]

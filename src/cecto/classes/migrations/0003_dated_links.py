"""What a session is to a class becomes a dated row, known since the session was."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def date_links(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Links there are hold since the first schedule of their session; what they were before was not kept."""
    links = apps.get_model("classes", "MeetingLink")
    revisions = apps.get_model("classes", "MeetingRevision").objects.filter(meeting=models.OuterRef("meeting"))
    first = revisions.order_by("number").values("recorded_at")[:1]
    links.objects.update(recorded_at=models.Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("classes", "0002_class_feeds")]

    operations = [
        migrations.RemoveConstraint("meetinglink", "classes_link_once"),
        migrations.AddField("meetinglink", "recorded_at", models.DateTimeField(null=True)),
        migrations.AddField("meetinglink", "superseded_at", models.DateTimeField(null=True)),
        migrations.RunPython(date_links, migrations.RunPython.noop),
        migrations.AlterField("meetinglink", "recorded_at", models.DateTimeField()),
        migrations.AddConstraint(
            "meetinglink",
            models.UniqueConstraint(
                "meeting",
                "cohort",
                condition=models.Q(superseded_at__isnull=True),
                name="classes_one_link",
            ),
        ),
    ]

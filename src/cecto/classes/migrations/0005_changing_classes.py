"""Whether a class's schedule is complete, and lines for dates to come.

What stood before was read as complete from the class's first day on, and stays so.
"""

from datetime import UTC, datetime, time

import django.db.models.deletion
from django.db import migrations, models

import cecto.foundation.keys


def say_complete(apps, schema_editor):
    cohorts = apps.get_model("classes", "Cohort").objects
    for cohort in cohorts.all():
        since = datetime.combine(cohort.first_day, time(), UTC)
        cohorts.filter(pk=cohort.pk).update(schedule_complete_at=since)


class Migration(migrations.Migration):

    dependencies = [
        ('classes', '0004_closed_schedules'),
    ]

    operations = [
        migrations.AddField(
            model_name='cohort',
            name='schedule_complete_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(say_complete, migrations.RunPython.noop),
        migrations.CreateModel(
            name='LaterDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=cecto.foundation.keys.new_key, max_length=22, unique=True)),
                ('month', models.DateField()),
                ('text', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='later_dates', to='classes.cohort')),
            ],
            options={
                'ordering': ['month', 'id'],
            },
        ),
    ]

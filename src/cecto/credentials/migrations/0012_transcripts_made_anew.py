"""A version may have a transcript made anew, where the first did not conform."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credentials', '0011_written_requests'),
    ]

    operations = [
        migrations.AlterField(
            model_name='transcript',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcripts', to='credentials.credentialversion'),
        ),
    ]

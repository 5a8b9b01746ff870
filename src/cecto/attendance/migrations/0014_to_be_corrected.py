from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0013_answers_with_names'),
    ]

    operations = [
        migrations.AlterField(
            model_name='noticeanswer',
            name='outcome',
            field=models.CharField(
                choices=[
                    ('excused', 'Excused'),
                    ('dispensed', 'Dispensed from this session'),
                    ('refused', 'Not excused'),
                    ('corrected', 'To be corrected'),
                    ('upheld', 'Stays as settled'),
                    ('accepted', 'Accepted'),
                    ('declined', 'Not accepted'),
                ],
                max_length=10,
            ),
        ),
    ]

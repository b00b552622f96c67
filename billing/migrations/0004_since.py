from django.db import migrations, models

import conferences.clock


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_next_deliveries"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="since",
            field=models.BigIntegerField(
                default=conferences.clock.now, verbose_name="put there, in milliseconds"
            ),
        ),
    ]

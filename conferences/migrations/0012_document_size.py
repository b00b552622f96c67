from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0011_room_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="size",
            field=models.PositiveBigIntegerField(default=0, verbose_name="size in bytes"),
        ),
    ]

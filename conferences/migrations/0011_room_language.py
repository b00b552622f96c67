from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0010_room_brand"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="language",
            field=models.CharField(blank=True, max_length=16, verbose_name="language"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_since"),
    ]

    operations = [
        migrations.AlterField(
            model_name="record",
            name="subscriber",
            field=models.CharField(blank=True, max_length=150, verbose_name="host"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["subscriber", "at"], name="used_by_host"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0012_document_size"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["ended_at"], name="by_end"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_effects")]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("address", "Investigation of the address"),
                    ("own-facts", "Facts that the deciding body verified itself"),
                    ("box-advice", "Advice of the CT Infobox, by day and number"),
                    ("child", "The interest of the child"),
                    ("topical", "The reasons still hold today"),
                    ("together", "How this goes together with another measure"),
                ],
                max_length=10,
            ),
        ),
    ]

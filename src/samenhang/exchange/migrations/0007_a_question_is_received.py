from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An inquiry is what the three ask a submitter; a question between partners is asked and received."""

    dependencies = [("exchange", "0006_hit_or_no_hit")]

    operations = [
        migrations.RemoveConstraint("inquiry", "an_answered_inquiry_says_what_and_by_whom"),
        migrations.RenameModel("Inquiry", "ReceivedQuestion"),
        migrations.AddConstraint(
            "receivedquestion",
            models.CheckConstraint(
                name="an_answered_question_says_what_and_by_whom",
                condition=Q(reply="", answered_at__isnull=True, answered_by="")
                | (~Q(reply="") & Q(answered_at__isnull=False) & ~Q(answered_by="")),
            ),
        ),
    ]

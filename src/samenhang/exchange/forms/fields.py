"""What the forms of this area share."""

from django import forms


def words(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-draft": ""})

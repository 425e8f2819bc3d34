"""Messages written before they named their bank: whoever only ever acted for one bank had them from that one."""

from typing import Any

from django.db import migrations
from django.db.models import Count


def name_the_bank(apps: Any, schema_editor: Any) -> None:
    """Write the bank's code into the messages of its people; who acted for several is left as it was."""
    member, message = apps.get_model("banks", "Member"), apps.get_model("notices", "Message")
    of_one = (
        member.objects.order_by()
        .values("user")
        .annotate(banks=Count("bank", distinct=True))
        .filter(banks=1)
        .values("user")
    )
    for user, uscc in member.objects.filter(user__in=of_one).values_list("user", "bank__uscc").distinct():
        message.objects.filter(recipient=user, uscc="").update(uscc=uscc)


class Migration(migrations.Migration):
    dependencies = [("banks", "0006_invitation"), ("notices", "0003_bank")]

    operations = [migrations.RunPython(name_the_bank, migrations.RunPython.noop)]

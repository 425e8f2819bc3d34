"""Entries that were written before there was a chain take their places in the order in which they were written."""

from typing import Any

from django.db import migrations

from zsbank.base.journal.chain import GENESIS, digest_of, link_hash
from zsbank.base.journal.models import CONTENT, content_of


def link(apps: Any, schema_editor: Any) -> None:
    """Digest and link every entry."""
    entries = apps.get_model("journal", "Entry").objects
    links = apps.get_model("journal", "Link").objects
    head = GENESIS
    for sequence, row in enumerate(entries.order_by("pk").iterator(), start=1):
        row.digest = digest_of(content_of({name: getattr(row, name) for name in CONTENT}))
        row.save(update_fields=["digest"])
        head = link_hash(head, sequence, row.digest)
        links.create(sequence=sequence, entry=row, hash=head)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_chain")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]

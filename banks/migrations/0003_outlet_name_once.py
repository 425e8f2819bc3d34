"""One outlet a name at a bank, in whatever spelling; the list sorted, and codes found, by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Follows the filling of the columns: PostgreSQL alters no table whose rows were changed just before."""

    dependencies = [("banks", "0002_outlet_names")]

    operations = [
        migrations.AlterModelOptions(
            name="outlet",
            options={
                "default_permissions": ("view",),
                "ordering": ["bank", "name_order", "pk"],
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
            },
        ),
        migrations.RemoveConstraint("outlet", "outlet_name_once_a_bank"),
        migrations.AddConstraint(
            "outlet", models.UniqueConstraint(fields=("bank", "name_key"), name="outlet_name_once_a_bank")
        ),
        migrations.AddIndex("outlet", models.Index(fields=["bank", "name_order"], name="outlet_in_order")),
        migrations.AddIndex("outlet", models.Index(fields=["uscc"], name="outlet_by_uscc")),
        migrations.AddIndex(
            "outlet", models.Index(fields=["license_institution_code"], name="outlet_by_licence")
        ),
    ]

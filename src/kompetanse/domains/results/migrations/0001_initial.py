import django.db.models.deletion
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureResult',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('ordered', models.PositiveIntegerField(default=0)),
                ('seated', models.PositiveIntegerField(default=0)),
                ('attended', models.PositiveIntegerField(default=0)),
                ('absent', models.PositiveIntegerField(default=0)),
                ('evidence', models.PositiveIntegerField(default=0)),
                ('refreshed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'measure', 'municipality'), name='result_is_told_once')],
            },
        ),
    ]

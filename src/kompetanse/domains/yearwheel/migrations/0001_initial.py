import django.db.models.deletion
import kompetanse.domains.yearwheel.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('governance', '0001_initial'),
        ('organisation', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wheel',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('year', models.PositiveSmallIntegerField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year'), name='wheel_is_one_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='wheel_year_is_possible')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('wheel', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yearwheel.wheel')),
                ('key', models.CharField(max_length=40)),
                ('title_nb', models.CharField(max_length=160)),
                ('title_nn', models.CharField(max_length=160)),
                ('kind', models.CharField(max_length=12)),
                ('doer', models.CharField(max_length=16)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('task_nb', models.CharField(blank=True, max_length=400)),
                ('task_nn', models.CharField(blank=True, max_length=400)),
                ('opens_nb', models.CharField(blank=True, max_length=400)),
                ('opens_nn', models.CharField(blank=True, max_length=400)),
                ('closes_nb', models.CharField(blank=True, max_length=400)),
                ('closes_nn', models.CharField(blank=True, max_length=400)),
                ('reads', models.CharField(default=kompetanse.domains.yearwheel.types.Reads['HAND'], max_length=8)),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('plan', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.actionplan')),
                ('dropped_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'starts_on'], name='step_by_start')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'wheel', 'key'), name='step_is_once_in_a_wheel'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='step_ends_after_start'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.yearwheel.types.StepKind['CAMPAIGN'], kompetanse.domains.yearwheel.types.StepKind['HEARING'], kompetanse.domains.yearwheel.types.StepKind['MEETING'], kompetanse.domains.yearwheel.types.StepKind['PLAN'], kompetanse.domains.yearwheel.types.StepKind['REPORT'], kompetanse.domains.yearwheel.types.StepKind['OTHER']])), name='step_kind_is_known'), models.CheckConstraint(condition=models.Q(('doer__in', [kompetanse.domains.yearwheel.types.Doer['CONTACT_PERSON'], kompetanse.domains.yearwheel.types.Doer['LEADER'], kompetanse.domains.yearwheel.types.Doer['HR'], kompetanse.domains.yearwheel.types.Doer['EXECUTIVE'], kompetanse.domains.yearwheel.types.Doer['FORUM'], kompetanse.domains.yearwheel.types.Doer['COMMITTEE'], kompetanse.domains.yearwheel.types.Doer['UNION'], kompetanse.domains.yearwheel.types.Doer['NETWORK'], kompetanse.domains.yearwheel.types.Doer['OFFICE']])), name='step_doer_is_known'), models.CheckConstraint(condition=models.Q(('reads__in', [kompetanse.domains.yearwheel.types.Reads['HAND'], kompetanse.domains.yearwheel.types.Reads['CAMPAIGN'], kompetanse.domains.yearwheel.types.Reads['MEETING'], kompetanse.domains.yearwheel.types.Reads['PLAN']])), name='step_reads_what_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('title_nb', ''), _negated=True), models.Q(('title_nn', ''), _negated=True)), name='step_has_titles')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('step', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yearwheel.step')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('status', models.CharField(max_length=12)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('is_read', models.BooleanField(default=False)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(blank=True, max_length=160)),
                ('stated_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'step', 'municipality'), name='standing_is_one', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.yearwheel.types.Stated['UNDER_WAY'], kompetanse.domains.yearwheel.types.Stated['DONE']])), name='standing_is_known')],
            },
        ),
    ]

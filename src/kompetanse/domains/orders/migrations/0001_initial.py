import django.contrib.postgres.fields
import django.db.models.deletion
import kompetanse.domains.orders.types
import kompetanse.domains.orders.types.catalogue
import kompetanse.domains.orders.types.delivery
import kompetanse.domains.orders.types.guidelines
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
            name='Service',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'is_open'], name='service_by_open')],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('weekly_minutes', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person'), name='staff_member_is_one'), models.CheckConstraint(condition=models.Q(('weekly_minutes__lte', 2400)), name='staff_week_makes_sense'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='staff_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Guideline',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('number', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('otherwise', models.CharField(max_length=8)),
                ('decided_by', models.CharField(blank=True, max_length=120)),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='guideline_number_is_one'), models.UniqueConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), fields=('tenant', 'valid_from'), name='guideline_begins_alone'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant',), name='guideline_holds_alone'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='guideline_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('otherwise__in', [kompetanse.domains.orders.types.guidelines.Route['DIRECT'], kompetanse.domains.orders.types.guidelines.Route['FORUM']])), name='guideline_otherwise_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ServiceVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('service', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.service')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('unit', models.CharField(max_length=8)),
                ('title_nb', models.CharField(max_length=160)),
                ('title_nn', models.CharField(blank=True, max_length=160)),
                ('description_nb', models.TextField(blank=True, max_length=4000)),
                ('description_nn', models.TextField(blank=True, max_length=4000)),
                ('terms_nb', models.TextField(blank=True, max_length=4000)),
                ('terms_nn', models.TextField(blank=True, max_length=4000)),
                ('price_each_ore', models.BigIntegerField(default=0)),
                ('minutes_each', models.PositiveIntegerField(default=0)),
                ('days_expected', models.PositiveIntegerField()),
                ('least', models.PositiveIntegerField()),
                ('most', models.PositiveIntegerField()),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None)),
                ('release_days', models.PositiveIntegerField(null=True)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'service', 'number'), name='service_version_is_one'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.orders.types.catalogue.ServiceKind['COURSE'], kompetanse.domains.orders.types.catalogue.ServiceKind['PATH'], kompetanse.domains.orders.types.catalogue.ServiceKind['MAPPING'], kompetanse.domains.orders.types.catalogue.ServiceKind['PLANNING'], kompetanse.domains.orders.types.catalogue.ServiceKind['SECRETARIAT'], kompetanse.domains.orders.types.catalogue.ServiceKind['PROCUREMENT'], kompetanse.domains.orders.types.catalogue.ServiceKind['ADVICE']])), name='service_kind_is_known'), models.CheckConstraint(condition=models.Q(('unit__in', [kompetanse.domains.orders.types.catalogue.OrderUnit['SEAT'], kompetanse.domains.orders.types.catalogue.OrderUnit['HOUR'], kompetanse.domains.orders.types.catalogue.OrderUnit['DAY'], kompetanse.domains.orders.types.catalogue.OrderUnit['PIECE']])), name='service_unit_is_known'), models.CheckConstraint(condition=models.Q(('days_expected__gte', 1), ('days_expected__lte', 730), ('minutes_each__lte', 120000), ('price_each_ore__gte', 0), ('price_each_ore__lte', 1000000000)), name='service_numbers_make_sense'), models.CheckConstraint(condition=models.Q(('least__gte', 1), ('most__gte', models.F('least')), ('most__lte', 10000)), name='service_limits_make_sense'), models.CheckConstraint(condition=models.Q(models.Q(('title_nb', ''), _negated=True), models.Q(('roles', []), _negated=True)), name='service_says_what_and_who')],
            },
        ),
        migrations.CreateModel(
            name='GuidelineRule',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('guideline', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.guideline')),
                ('place', models.PositiveSmallIntegerField()),
                ('route', models.CharField(max_length=8)),
                ('reason_nb', models.CharField(max_length=300)),
                ('reason_nn', models.CharField(blank=True, max_length=300)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('cost_from_ore', models.BigIntegerField(null=True)),
                ('cost_below_ore', models.BigIntegerField(null=True)),
                ('minutes_from', models.PositiveIntegerField(null=True)),
                ('minutes_below', models.PositiveIntegerField(null=True)),
                ('municipalities_from', models.PositiveSmallIntegerField(null=True)),
                ('in_plan', models.BooleanField(null=True)),
                ('statutory', models.BooleanField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'guideline', 'place'), name='guideline_rule_has_its_place'), models.CheckConstraint(condition=models.Q(('route__in', [kompetanse.domains.orders.types.guidelines.Route['DIRECT'], kompetanse.domains.orders.types.guidelines.Route['FORUM']])), name='guideline_rule_leads_somewhere'), models.CheckConstraint(condition=models.Q(('reason_nb', ''), _negated=True), name='guideline_rule_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='plans.measure')),
                ('service', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='orders.service')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('kind', models.CharField(default=kompetanse.domains.orders.types.catalogue.ServiceKind['COURSE'], max_length=16)),
                ('counted_in', models.CharField(default=kompetanse.domains.orders.types.catalogue.OrderUnit['SEAT'], max_length=8)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('seats', models.PositiveIntegerField()),
                ('status', models.CharField(default=kompetanse.domains.orders.types.OrderStatus['PLACED'], max_length=16)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('placed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('placed_by_name', models.CharField(blank=True, max_length=160)),
                ('placed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('cost_ore', models.BigIntegerField(default=0)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('municipalities', models.PositiveSmallIntegerField(default=1)),
                ('in_plan', models.BooleanField(default=True)),
                ('statutory', models.BooleanField(default=False)),
                ('route', models.CharField(default=kompetanse.domains.orders.types.guidelines.Route['DIRECT'], max_length=8)),
                ('guideline', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='orders.guideline')),
                ('rule_place', models.PositiveSmallIntegerField(null=True)),
                ('route_reason_nb', models.CharField(blank=True, max_length=300)),
                ('route_reason_nn', models.CharField(blank=True, max_length=300)),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='governance.case')),
                ('terms_number', models.PositiveIntegerField(default=0)),
                ('purchase_reference', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField(null=True)),
                ('release_on', models.DateField(null=True)),
                ('staff', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='orders.staffmember')),
                ('delivered_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'measure'], name='order_by_measure'), models.Index(fields=['tenant', 'status'], name='order_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.orders.types.OrderStatus['AT_FORUM'], kompetanse.domains.orders.types.OrderStatus['PLACED'], kompetanse.domains.orders.types.OrderStatus['QUOTED'], kompetanse.domains.orders.types.OrderStatus['ACCEPTED'], kompetanse.domains.orders.types.OrderStatus['DELIVERED'], kompetanse.domains.orders.types.OrderStatus['APPROVED'], kompetanse.domains.orders.types.OrderStatus['CANCELLED']])), name='order_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('measure__isnull', False), ('service', None)), models.Q(('measure', None), ('service__isnull', False)), _connector='OR'), name='order_is_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('seats__gte', 1), ('seats__lte', 10000)), models.Q(models.Q(('counted_in', kompetanse.domains.orders.types.catalogue.OrderUnit['SEAT']), _negated=True), ('seats', 0)), _connector='OR'), name='order_seats_make_sense'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 10000)), name='order_quantity_makes_sense'), models.CheckConstraint(condition=models.Q(models.Q(('status', kompetanse.domains.orders.types.OrderStatus['CANCELLED']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='order_cancelled_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status', kompetanse.domains.orders.types.OrderStatus['AT_FORUM']), _negated=True), ('route', kompetanse.domains.orders.types.guidelines.Route['FORUM']), _connector='OR'), name='order_at_forum_was_sent_there'), models.UniqueConstraint(condition=models.Q(('status__in', [kompetanse.domains.orders.types.OrderStatus['AT_FORUM'], kompetanse.domains.orders.types.OrderStatus['PLACED'], kompetanse.domains.orders.types.OrderStatus['QUOTED']])), fields=('tenant', 'measure'), name='order_waits_once_per_measure')],
            },
        ),
        migrations.CreateModel(
            name='OrderTerms',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('order', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('number', models.PositiveIntegerField()),
                ('is_quote', models.BooleanField(default=False)),
                ('kind', models.CharField(max_length=16)),
                ('counted_in', models.CharField(max_length=8)),
                ('service_version', models.PositiveIntegerField(null=True)),
                ('title_nb', models.CharField(max_length=300)),
                ('title_nn', models.CharField(blank=True, max_length=300)),
                ('description_nb', models.TextField(blank=True)),
                ('description_nn', models.TextField(blank=True)),
                ('terms_nb', models.TextField(blank=True)),
                ('terms_nn', models.TextField(blank=True)),
                ('quantity', models.PositiveIntegerField()),
                ('price_each_ore', models.BigIntegerField()),
                ('total_ore', models.BigIntegerField()),
                ('minutes', models.PositiveIntegerField()),
                ('days_expected', models.PositiveIntegerField()),
                ('release_days', models.PositiveIntegerField(null=True)),
                ('release_on', models.DateField(null=True)),
                ('expires_on', models.DateField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('made_by_name', models.CharField(blank=True, max_length=160)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'order', 'number'), name='terms_number_is_one'), models.CheckConstraint(condition=models.Q(models.Q(('expires_on__isnull', False), ('is_quote', True)), models.Q(('expires_on', None), ('is_quote', False)), _connector='OR'), name='quote_has_a_last_day'), models.CheckConstraint(condition=models.Q(('price_each_ore__gte', 0), ('total_ore__gte', 0)), name='terms_cost_makes_sense')],
            },
        ),
        migrations.CreateModel(
            name='OrderEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('order', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('kind', models.CharField(max_length=24)),
                ('count', models.IntegerField(null=True)),
                ('text', models.CharField(blank=True, max_length=1000)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('actor_name', models.CharField(blank=True, max_length=160)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'order', 'at'], name='entry_by_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.orders.types.delivery.LineKind['PLACED'], kompetanse.domains.orders.types.delivery.LineKind['CHANGED'], kompetanse.domains.orders.types.delivery.LineKind['CASE_MADE'], kompetanse.domains.orders.types.delivery.LineKind['FORUM_YES'], kompetanse.domains.orders.types.delivery.LineKind['FORUM_NO'], kompetanse.domains.orders.types.delivery.LineKind['QUOTED'], kompetanse.domains.orders.types.delivery.LineKind['QUOTE_ACCEPTED'], kompetanse.domains.orders.types.delivery.LineKind['QUOTE_DECLINED'], kompetanse.domains.orders.types.delivery.LineKind['ACCEPTED'], kompetanse.domains.orders.types.delivery.LineKind['ASSIGNED'], kompetanse.domains.orders.types.delivery.LineKind['NAMED'], kompetanse.domains.orders.types.delivery.LineKind['NAME_REMOVED'], kompetanse.domains.orders.types.delivery.LineKind['HANDED_BACK'], kompetanse.domains.orders.types.delivery.LineKind['DELIVERED'], kompetanse.domains.orders.types.delivery.LineKind['APPROVED'], kompetanse.domains.orders.types.delivery.LineKind['DEVIATION'], kompetanse.domains.orders.types.delivery.LineKind['DEVIATION_FOLLOWED'], kompetanse.domains.orders.types.delivery.LineKind['DEVIATION_CLOSED'], kompetanse.domains.orders.types.delivery.LineKind['CANCELLED']])), name='order_entry_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SeatHolder',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('order', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('number', models.PositiveIntegerField()),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('put_on_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'order', 'number'), name='seat_is_held_by_one'), models.UniqueConstraint(fields=('tenant', 'order', 'employee'), name='person_holds_one_seat'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='seat_number_begins_at_one')],
            },
        ),
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('order', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('text', models.CharField(max_length=1000)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('noted_by_name', models.CharField(blank=True, max_length=160)),
                ('noted_at', models.DateTimeField()),
                ('owner', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='orders.staffmember')),
                ('due_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'closed_at'], name='deviation_by_closing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='deviation_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('owner', None)), models.Q(('due_on__isnull', False), ('owner__isnull', False)), _connector='OR'), name='deviation_owner_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), ('owner__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='deviation_is_closed_with_an_outcome')],
            },
        ),
        migrations.CreateModel(
            name='TimeEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('order', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('staff', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='region', to='orders.staffmember')),
                ('day', models.DateField()),
                ('minutes', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'order', 'day'], name='time_by_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='time_is_within_the_day')],
            },
        ),
    ]

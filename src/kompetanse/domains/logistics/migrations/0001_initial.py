import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import kompetanse.domains.logistics.types.bookings
import kompetanse.domains.logistics.types.needs
import kompetanse.domains.logistics.types.resources
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('kind', models.CharField(max_length=12)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=120)),
                ('series', models.CharField(blank=True, max_length=120)),
                ('place', models.CharField(blank=True, max_length=60)),
                ('prepare_minutes', models.PositiveSmallIntegerField(default=0)),
                ('clear_minutes', models.PositiveSmallIntegerField(default=0)),
                ('outside_hours', models.CharField(default=kompetanse.domains.logistics.types.resources.OutsideHours['REFUSED'], max_length=8)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('retired_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'kind', 'place', 'name'], name='resource_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.logistics.types.resources.ResourceKind['ROOM'], kompetanse.domains.logistics.types.resources.ResourceKind['TRAINER'], kompetanse.domains.logistics.types.resources.ResourceKind['EQUIPMENT']])), name='resource_kind_is_known'), models.CheckConstraint(condition=models.Q(('outside_hours__in', [kompetanse.domains.logistics.types.resources.OutsideHours['REFUSED'], kompetanse.domains.logistics.types.resources.OutsideHours['WARNED']])), name='resource_rule_is_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='resource_has_a_name'), models.CheckConstraint(condition=models.Q(('clear_minutes__lte', 1440), ('prepare_minutes__lte', 1440)), name='resource_buffers_are_short'), models.CheckConstraint(condition=models.Q(('person', None), ('kind', kompetanse.domains.logistics.types.resources.ResourceKind['TRAINER']), _connector='OR'), name='resource_is_a_person'), models.UniqueConstraint(condition=models.Q(('retired_on', None)), fields=('tenant', 'kind', 'place', 'name'), name='resource_name_is_its_own'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('retired_on', None)), fields=('tenant', 'person'), name='resource_is_one_for_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Catering',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('run_id', models.BigIntegerField()),
                ('session_id', models.BigIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('people', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=200)),
                ('supplier', models.CharField(blank=True, max_length=120)),
                ('ordered_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'run_id'], name='catering_by_run')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'session_id'), name='catering_is_once_a_session'), models.CheckConstraint(condition=models.Q(('people__gte', 1), ('people__lte', 5000)), name='catering_is_for_somebody'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='catering_says_what')],
            },
        ),
        migrations.CreateModel(
            name='ParticipantNeed',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('run_id', models.BigIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('need', models.CharField(max_length=16)),
                ('other', models.CharField(blank=True, max_length=200)),
                ('consent', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('run_ends_on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('need__in', [kompetanse.domains.logistics.types.needs.Need['GLUTEN'], kompetanse.domains.logistics.types.needs.Need['LACTOSE'], kompetanse.domains.logistics.types.needs.Need['MILK'], kompetanse.domains.logistics.types.needs.Need['EGG'], kompetanse.domains.logistics.types.needs.Need['NUTS'], kompetanse.domains.logistics.types.needs.Need['FISH'], kompetanse.domains.logistics.types.needs.Need['VEGETARIAN'], kompetanse.domains.logistics.types.needs.Need['NO_PORK'], kompetanse.domains.logistics.types.needs.Need['WHEELCHAIR'], kompetanse.domains.logistics.types.needs.Need['HEARING'], kompetanse.domains.logistics.types.needs.Need['SIGHT'], kompetanse.domains.logistics.types.needs.Need['INTERPRETER'], kompetanse.domains.logistics.types.needs.Need['OTHER']])), name='need_of_participant_is_known'), models.UniqueConstraint(fields=('tenant', 'run_id', 'person', 'need'), name='need_of_participant_is_once'), models.CheckConstraint(condition=models.Q(models.Q(('need', kompetanse.domains.logistics.types.needs.Need['OTHER']), models.Q(('other', ''), _negated=True)), models.Q(models.Q(('need', kompetanse.domains.logistics.types.needs.Need['OTHER']), _negated=True), ('other', '')), _connector='OR'), name='need_in_own_words_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('resource', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='logistics.resource')),
                ('address', models.CharField(max_length=200)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('features', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('access', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('contact', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'resource'), name='room_is_told_once'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 5000)), name='room_has_a_capacity'), models.CheckConstraint(condition=models.Q(('features__contained_by', [kompetanse.domains.logistics.types.resources.Feature['SCREEN'], kompetanse.domains.logistics.types.resources.Feature['VIDEO'], kompetanse.domains.logistics.types.resources.Feature['WHITEBOARD'], kompetanse.domains.logistics.types.resources.Feature['COMPUTERS'], kompetanse.domains.logistics.types.resources.Feature['PRACTICE'], kompetanse.domains.logistics.types.resources.Feature['KITCHEN']])), name='room_features_are_known'), models.CheckConstraint(condition=models.Q(('access__contained_by', [kompetanse.domains.logistics.types.resources.Access['STEP_FREE'], kompetanse.domains.logistics.types.resources.Access['LIFT'], kompetanse.domains.logistics.types.resources.Access['HEARING_LOOP'], kompetanse.domains.logistics.types.resources.Access['ACCESSIBLE_TOILET'], kompetanse.domains.logistics.types.resources.Access['ACCESSIBLE_PARKING'], kompetanse.domains.logistics.types.resources.Access['QUIET_ROOM']])), name='room_access_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='room_point_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('resource', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='logistics.resource')),
                ('is_external', models.BooleanField(default=False)),
                ('is_course_leader', models.BooleanField(default=False)),
                ('firm', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=160)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('agreed_on', models.DateField(null=True)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'resource'), name='trainer_is_told_once'), models.CheckConstraint(condition=models.Q(('is_external', False), ('agreed_on__isnull', False), _connector='OR'), name='trainer_outsider_has_agreed')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('resource', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='logistics.resource')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'resource', 'weekday'), name='hours_are_once_a_weekday'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='hours_weekday_is_one_of_seven'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens')), ('closes', '00:00'), _connector='OR'), name='hours_close_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('resource', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='logistics.resource')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'resource', 'first_on'], name='availability_by_trainer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='availability_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('resource', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='logistics.resource')),
                ('kind', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=160)),
                ('run_id', models.BigIntegerField(null=True)),
                ('session_id', models.BigIntegerField(null=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('status', models.CharField(default=kompetanse.domains.logistics.types.bookings.BookingStatus['BOOKED'], max_length=8)),
                ('booked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('booked_at', models.DateTimeField()),
                ('freed_at', models.DateTimeField(null=True)),
                ('freed_why', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('run_id__isnull', False)), fields=['tenant', 'run_id'], name='booking_by_run'), models.Index(fields=['tenant', 'resource', 'starts_at'], name='booking_by_resource')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('status', kompetanse.domains.logistics.types.bookings.BookingStatus['BOOKED'])), expressions=[(models.Func(models.F('tenant_id'), models.F('tenant_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('resource_id'), models.F('resource_id'), models.Value('[]'), function='int8range'), '&&'), ('period', '&&')], name='booking_is_never_double'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.logistics.types.bookings.BookingKind['SESSION'], kompetanse.domains.logistics.types.bookings.BookingKind['BLOCKED'], kompetanse.domains.logistics.types.bookings.BookingKind['OTHER']])), name='booking_kind_is_known'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.logistics.types.bookings.BookingStatus['BOOKED'], kompetanse.domains.logistics.types.bookings.BookingStatus['FREED']])), name='booking_status_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_ends_after_start'), models.CheckConstraint(condition=models.Q(('period__contains', models.Func(models.F('starts_at'), models.F('ends_at'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()))), name='booking_period_holds_its_time'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='booking_says_what_for'), models.CheckConstraint(condition=models.Q(models.Q(('kind', kompetanse.domains.logistics.types.bookings.BookingKind['SESSION']), ('run_id__isnull', False), ('session_id__isnull', False)), models.Q(models.Q(('kind', kompetanse.domains.logistics.types.bookings.BookingKind['SESSION']), _negated=True), ('run_id', None), ('session_id', None)), _connector='OR'), name='booking_of_a_session_says_which'), models.CheckConstraint(condition=models.Q(models.Q(('freed_at__isnull', False), ('status', kompetanse.domains.logistics.types.bookings.BookingStatus['FREED'])), models.Q(models.Q(('status', kompetanse.domains.logistics.types.bookings.BookingStatus['FREED']), _negated=True), ('freed_at', None)), _connector='OR'), name='booking_is_freed_at_a_time')],
            },
        ),
    ]

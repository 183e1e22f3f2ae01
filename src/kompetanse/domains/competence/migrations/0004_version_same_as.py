from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ('competence', '0003_self_reports_wait'),
    ]

    operations = [
        migrations.AddField(
            model_name='requirementversion',
            name='same_as',
            field=models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='competence.requirementversion'),
        ),
    ]

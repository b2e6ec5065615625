from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hiring', '0003_candidate_import'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(condition=models.Q(('erased_at__isnull', True)), fields=['id', 'searched'], name='candidate_present'),
        ),
    ]

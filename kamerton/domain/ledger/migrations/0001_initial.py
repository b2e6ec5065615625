import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('heads', models.CharField(db_index=True, max_length=64)),
                ('mapping', models.JSONField()),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='LedgerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('last_day', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='file')),
                ('file', models.CharField(max_length=250)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('state', models.CharField(choices=[('uploaded', 'Columns to check'), ('checking', 'Being checked'), ('checked', 'Checked, not imported'), ('importing', 'Being imported'), ('published', 'In the ledger'), ('failed', 'Not imported'), ('cancelled', 'Cancelled'), ('undone', 'Undone')], default='uploaded', max_length=12)),
                ('mapping', models.JSONField(null=True)),
                ('report', models.JSONField(null=True)),
                ('job', models.BigIntegerField(null=True)),
                ('lines', models.BigIntegerField(default=0)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('months', models.JSONField(default=list)),
                ('amount', models.BigIntegerField(default=0)),
                ('error_count', models.BigIntegerField(default=0)),
                ('failure', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('digest',), name='one_published_import_per_file')],
            },
        ),
        migrations.CreateModel(
            name='MonthLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True)),
                ('locked_at', models.DateTimeField(auto_now_add=True)),
                ('locked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('rows', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('has_keys', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='segments_made', to='ledger.ledgerimport')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='segments_replaced', to='ledger.ledgerimport')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='segments', to='ledger.ledgerimport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hiring', '0002_refusal_letter'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CandidateImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='file')),
                ('file', models.CharField(max_length=250)),
                ('size', models.BigIntegerField()),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('checked', 'Checked, not imported'), ('importing', 'Being imported'), ('done', 'Imported'), ('failed', 'Not imported'), ('cancelled', 'Cancelled'), ('undone', 'Undone')], default='checking', max_length=9)),
                ('job', models.BigIntegerField(blank=True, null=True)),
                ('columns', models.JSONField(default=dict)),
                ('report', models.JSONField(default=dict)),
                ('brought', models.JSONField(default=dict)),
                ('failure', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_because', models.CharField(blank=True, max_length=500)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hiring.source')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='hiring.vacancy')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
    ]

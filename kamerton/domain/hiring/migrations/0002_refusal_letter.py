from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hiring', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('vacancy', 'Vacancy letter'), ('invitation', 'Invitation'), ('reminder', 'Reminder'), ('offer', 'Offer'), ('refusal', 'Refusal')], max_length=10),
        ),
    ]

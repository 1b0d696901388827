from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SimulatedCity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('preset', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('seed', models.BigIntegerField()),
                ('days', models.IntegerField()),
                ('first_on', models.DateField()),
                ('until_at', models.DateTimeField(null=True)),
                ('cases', models.IntegerField(default=0)),
                ('is_only', models.BooleanField(default=True, unique=True)),
            ],
            options={
                'db_table': 'simulation_city',
                'constraints': [models.CheckConstraint(condition=models.Q(('is_only', True)), name='simulation_city_only_one')],
            },
        ),
    ]

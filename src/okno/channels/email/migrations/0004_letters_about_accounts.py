from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('email', '0003_folder_positions_and_nameless_letters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outgoingletter',
            name='kind',
            field=models.CharField(choices=[('answer', 'answer'), ('receipt', 'confirmation of receipt'), ('account', 'letter about an account')], max_length=10),
        ),
    ]

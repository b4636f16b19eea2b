from django.db import migrations

COPY = """
INSERT INTO core_idempotentanswer (owner, key, request_hash, status, text, created_at)
SELECT 'token:' || token_id, key, request_hash, status, COALESCE(body::text, ''), created_at
FROM okno_api_idempotentanswer
"""


class Migration(migrations.Migration):
    dependencies = [
        ("okno_api", "0001_initial"),
        ("core", "0004_remembered_answers"),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(name="IdempotentAnswer"),
    ]

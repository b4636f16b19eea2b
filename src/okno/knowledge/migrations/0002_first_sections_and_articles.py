import re
from html import unescape

from django.db import migrations

from okno.knowledge.migrations._first_articles import ARTICLES, SECTIONS

RIGHT = "knowledge.manage"
WRITERS = ["administrator", "lead", "specialist"]


def grant(apps, editor):
    role = apps.get_model("people", "Role")
    for row in role.objects.filter(code="administrator"):
        if RIGHT not in row.rights:
            row.rights = sorted([*row.rights, RIGHT])
            row.save(update_fields=["rights"])


def take_back(apps, editor):
    role = apps.get_model("people", "Role")
    for row in role.objects.filter(rights__contains=[RIGHT]):
        row.rights = [right for right in row.rights if right != RIGHT]
        row.save(update_fields=["rights"])


def add(apps, editor):
    section, article = apps.get_model("knowledge", "Section"), apps.get_model("knowledge", "Article")
    if section.objects.exists():
        return
    made = {}
    for position, (code, audience, names, about) in enumerate(SECTIONS):
        made[code] = section.objects.create(
            code=code, audience=audience, names=names, about=about, position=position,
            viewers=["*"], creators=WRITERS, editors=WRITERS, managers=["administrator", "lead"],
        )
    for position, (code, texts) in enumerate(ARTICLES):
        row = article.objects.create(section=made[code], position=position, is_published=True)
        for language, (title, html) in texts.items():
            write(apps, row, language, title, html)


def write(apps, article, language, title, html):
    text = apps.get_model("knowledge", "ArticleText").objects.create(
        article=article, language=language, title=title, draft_title=title, html=html, plain=plain(html),
        latest=1, published=1, updated_by_name="Okno",
    )
    apps.get_model("knowledge", "Version").objects.create(
        text=text, number=1, title=title, html=html, author_name="Okno"
    )


def plain(html):
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h2|ul|ol)>", "\n", html))).strip()


class Migration(migrations.Migration):
    """Three sections with first articles (F128), and the right to all of them for administrators."""

    dependencies = [("knowledge", "0001_initial"), ("people", "0010_absence_and_substitute")]
    operations = [
        migrations.RunPython(grant, take_back),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

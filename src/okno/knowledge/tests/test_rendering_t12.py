"""The HTML of articles: nothing acts, nothing is embedded but what an administrator has named (T12, F247)."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from okno.core.html import EDITOR_TAGS
from okno.knowledge.models import ArticleFile
from okno.knowledge.rendering import clean, embed_address, page_of
from okno.testing.hostile import HTML_PAYLOADS

ALLOWED = EDITOR_TAGS | {"html", "head", "body"}
HOSTS = {"videos.example.com", "www.youtube.com", "youtu.be", "vimeo.com"}


@pytest.mark.parametrize("payload", HTML_PAYLOADS)
def test_nothing_hostile_is_left_t12(payload: str) -> None:
    page = page_of(clean(f"<p>before</p>{payload}<p>after</p>"), hosts=HOSTS)
    parser = LexborHTMLParser(page.html)
    for node in parser.css("*"):
        assert node.tag in ALLOWED, node.html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert name in {"href", "src", "alt", "width", "height", "start", "rel", "target", "id"}, node.html
            if name == "href":
                assert (value or "").split(":")[0].lower() in {"http", "https", "mailto", "tel"} or ":" not in (
                    value or ""
                )
            if name == "src":
                assert (value or "").startswith("/help/files/")
    assert page.origins == []


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/x.png",
        "data:image/png;base64,AAAA",
        "/attachments/abc/picture/",
        "//evil.example/x",
        "/help/files/../../manage/",
    ],
)
def test_pictures_of_others_do_not_stand_in_articles_t17(source: str) -> None:
    assert "src" not in clean(f'<p><img src="{source}" alt="a"></p>')


def test_own_pictures_stay() -> None:
    markup = '<p><img src="/help/files/abc_-1/picture/" alt="a"></p>'
    assert 'src="/help/files/abc_-1/picture/"' in page_of(clean(markup)).html


def test_headings_get_anchors_and_a_table_of_contents() -> None:
    page = page_of(clean("<h2>One</h2><p>a</p><h3>Two &amp; three</h3><h2> </h2>"))
    assert [(each.anchor, each.text, each.level) for each in page.headings] == [
        ("part-1", "One", 2),
        ("part-2", "Two & three", 3),
    ]
    assert '<h3 id="part-2">' in page.html


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=4", "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ("https://www.youtube.com/redirect?q=https://evil.example", ""),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://videos.example.com/w/abc?start=1", "https://videos.example.com/w/abc?start=1"),
        ("http://videos.example.com/w/abc", ""),
        ("https://videos.example.com:8443/w", ""),
        ("https://user@videos.example.com/w", ""),
        ("https://videos.example.com.evil.example/w", ""),
        ("https://evil.example/videos.example.com", ""),
        ("javascript:alert(1)", ""),
        ("https://[::1", ""),
    ],
)
def test_only_named_hosts_are_embedded_f247(address: str, expected: str) -> None:
    assert embed_address(address, HOSTS) == expected
    assert embed_address(address, set()) == ""


def test_a_link_becomes_a_player_only_where_it_stands_alone() -> None:
    alone = clean('<p><a href="https://videos.example.com/w/1">Film "one"</a></p>')
    page = page_of(alone, hosts=HOSTS)
    assert page.origins == ["https://videos.example.com"]
    frame = LexborHTMLParser(page.html).css_first("iframe")
    assert frame is not None
    assert frame.attributes["title"] == 'Film "one"'
    assert "allow-top-navigation" not in (frame.attributes["sandbox"] or "")
    within = clean('<p>See <a href="https://videos.example.com/w/1">Film</a></p>')
    assert "<iframe" not in page_of(within, hosts=HOSTS).html
    assert "<iframe" not in page_of(alone).html


def test_an_uploaded_video_plays_where_its_link_stands() -> None:
    film = ArticleFile(token="abc", name='<b>"film".mp4', type="video/mp4", size=1)
    page = page_of(clean('<p><a href="/help/files/abc/">film</a></p>'), [film])
    assert page.played == {"abc"}
    video = LexborHTMLParser(page.html).css_first("video")
    assert video is not None
    assert video.attributes["aria-label"] == '<b>"film".mp4'
    assert "<b>" not in page.html

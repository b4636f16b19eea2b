"""What stands in our own page, and addresses that hide their scheme."""

from __future__ import annotations

import pytest

from okno.core import html

OWN = "/attachments/k3yXw0pTtQmZ9uJ1bVfA2sD8eGc/picture/"


@pytest.mark.parametrize(
    "attribute",
    [
        "class='fixed inset-0'", "id=page", "name=x", "style='position:fixed'", "data-webauthn=login", "data-options='{}'",
        "hx-get=/account/logout/", "hx-trigger=load", "hx-on:load=alert(1)", "data-hx-get=/", "x-data='{}'", "x-init=f",
        "@click=f", ":class=f", "x-on:click=f", "onclick=f", "srcset=//evil.example/x", "formaction=/x", "is=x-y",
        "slot=x", "popover", "contenteditable", "autofocus", "tabindex=0", "accesskey=a", "role=alert",
        "aria-live=assertive", "hidden", "dir=rtl", "background=//evil.example/x", "sse-connect=/live", "ping=//evil.example",
        "target=_top", "download", "part=x", "nonce=x", "itemprop=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "a", "img", "span", "li", "h1", "blockquote"])
def test_nothing_that_our_page_obeys_passes_t12(tag: str, attribute: str) -> None:
    clean = html.strict(f"<{tag} {attribute}>x</{tag}>")
    rest = clean.replace(' rel="noopener noreferrer nofollow"', "").replace(' target="_blank"', "")
    assert rest in {f"<{tag}>x</{tag}>", "<img>x"}


@pytest.mark.parametrize(
    "source",
    ["/attachments/../account/logout/", "/attachments/x/", "//evil.example/attachments/x/picture/", "data:image/png;base64,x",
     "/attachments/x/picture/?a", "/attachments/%2e%2e/picture/", "/attachments/a/../../live/picture/", "cid:a@b",
     "https://evil.example/x.png", "/search/?q=x", "blob:x"],
)  # fmt: skip
def test_only_our_own_pictures_stand_in_our_page_t12(source: str) -> None:
    assert html.strict(f'<img src="{source}" alt="x">') == '<img alt="x">'
    assert html.strict(f'<img src="{OWN}">') == f'<img src="{OWN}">'


@pytest.mark.parametrize("gap", ["", " ", "\t", "\n", "\r", "\x01"])
def test_data_hides_behind_no_gap_t12(gap: str) -> None:
    page, drawing = f"da{gap}ta:text/html,<b>x", f"{gap}data:image/svg+xml,<svg/>"
    assert "ta:" not in html.sanitise(f"<a href='{page}'>x</a>")
    assert "svg" not in html.sanitise(f"<img src='{drawing}'>")

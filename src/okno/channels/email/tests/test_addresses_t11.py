"""T11: identity is the parsed addr-spec alone; nothing in a display name, comment or group is ever taken for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.addresses import normalise_address, parse_addresses


def found(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in parse_addresses(text)[0]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("<a@b.example>", [("", "a@b.example")]),
        ("Adam <A@B.Example>", [("Adam", "a@b.example")]),
        ('"Nowak, Adam" <a@b.example>', [("Nowak, Adam", "a@b.example")]),
        ("Nowak, Adam <a@b.example>", [("Nowak, Adam", "a@b.example")]),
        ("a@b.example (Adam (the first))", [("Adam (the first)", "a@b.example")]),
        ("Adam (home) <a@b.example>", [("Adam", "a@b.example")]),
        ('"Adam \\"Ace\\" N" <a@b.example>', [('Adam "Ace" N', "a@b.example")]),
        ("'a@b.example' <a@b.example>", [("a@b.example", "a@b.example")]),
        ("'a@b.example'", [("", "a@b.example")]),
        ("<mailto:a@b.example>", [("", "a@b.example")]),
        ("<@relay.example,@x.example:a@b.example>", [("", "a@b.example")]),
        ("Team: a@b.example, C <c@d.example>;", [("", "a@b.example"), ("C", "c@d.example")]),
        ("undisclosed-recipients:;", []),
        ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ('"john.doe"@b.example', [("", "john.doe@b.example")]),
        ("Adam <a@b.example", [("Adam", "a@b.example")]),
        ("Иван <иван@почта.example>", [("Иван", "иван@xn--80a1acny.example")]),
        ("=?utf-8?B?0JjQstCw0L0=?= <a@b.example>", [("Иван", "a@b.example")]),
        ('"=?utf-8?B?0JjQstCw0L0=?=" <a@b.example>', [("Иван", "a@b.example")]),
        ("=?utf-8?Q?Ivan=2C_Ltd?= <a@b.example>", [("Ivan, Ltd", "a@b.example")]),
        ("a@[192.0.2.1]", [("", "a@[192.0.2.1]")]),
        ("root@localhost", [("", "root@localhost")]),
        ("nobody", []),
        ("", []),
        (",,;,", []),
    ],
)
def test_mailboxes(written: str, read: list[tuple[str, str]]) -> None:
    assert found(written) == read


@pytest.mark.parametrize(
    "written",
    [
        '"a@evil.example" <b@good.example>',
        "a@evil.example <b@good.example>",
        "'a@evil.example' <b@good.example>",
        "=?utf-8?Q?a=40evil.example?= <b@good.example>",
        "=?utf-8?Q?=3Ca=40evil.example=3E?= <b@good.example>",
        '"=?utf-8?Q?a=40evil.example?=" <b@good.example>',
        "=?utf-8?Q?a=40evil.example=2C?= <b@good.example>",
        "(a@evil.example) b@good.example",
        "b@good.example (a@evil.example)",
        '"a@evil.example," <b@good.example>',
        '"<a@evil.example>" <b@good.example>',
        '"x\\" <a@evil.example>" <b@good.example>',
        "a@evil.example: b@good.example;",
        "<b@good.example> a@evil.example",
        "<b@good.example> <a@evil.example>",
        "=?utf-8?Q?a=40evil.example=0D=0AFrom=3A_x?= <b@good.example>",
        "=?utf-8?Q?a=40evil.example=00?= <b@good.example>",
        '"a@evil.example\u202e" <b@good.example>',
    ],
)
def test_identity_is_the_addr_spec_t11(written: str) -> None:
    assert [address for _, address in found(written)] == ["b@good.example"]
    parsed = parse_letter(f"From: {written}\r\nSubject: x\r\n\r\ntext".encode())
    assert parsed.sender is not None
    assert parsed.sender.address == "b@good.example"
    assert not set("\r\n\0\u202e") & set(parsed.sender.name)


def test_several_addresses_the_first_is_the_sender_t11() -> None:
    parsed = parse_letter(b"From: A <a@b.example>, C <c@d.example>\r\n\r\ntext")
    assert parsed.sender is not None
    assert parsed.sender.address == "a@b.example"
    assert "several addresses in From; the first is the sender" in parsed.problems


def test_an_address_hidden_in_an_encoded_word_is_told_t11() -> None:
    addresses, problems = parse_addresses("=?utf-8?Q?Ivan_=3Civan=40b.example=3E?=")
    assert [one.address for one in addresses] == ["ivan@b.example"]
    assert "an address was written as an encoded word" in problems


@pytest.mark.parametrize(
    "text",
    [
        "a b@c.example", "a\r\n@c.example", "a@c.exa\nmple", "a\0@c.example", "@c.example", "a@", "a", "", "a@b@", "a@.example", "a@c..example",
        "a@-", "a@c_d,e.example", '"a b"@c.example', '"a@b"@c.example', "<a@c.example", "a@evil.example\uff20good.example", "a\u202e@c.example",
        "a\u200b@c.example", "a@c\u200b.example", "a" * 300 + "@c.example", "a@" + "c" * 300, "a;b@c.example", "a,b@c.example", "a@[127.0.0.1", "a@c.example/x",
    ],
)  # fmt: skip
def test_unsafe_addresses_are_refused_t11(text: str) -> None:
    assert normalise_address(text) is None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" A@B.Example ", "a@b.example"), ("a+tag@b.example", "a+tag@b.example"), ("o'neil@b.example", "o'neil@b.example"), ("a@b.example.", "a@b.example"),
        ("ИВАН@Почта.example", "иван@xn--80a1acny.example"), ('"a.b"@c.example', "a.b@c.example"), ("x=y/z!#$%&*?^`{|}~@b.example", "x=y/z!#$%&*?^`{|}~@b.example"),
    ],
)  # fmt: skip
def test_normal_form(text: str, normal: str) -> None:
    assert normalise_address(text) == normal
    assert normalise_address(normal) == normal


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab@.,;:<>()"\\ =?\n\u202e', max_size=40))
def test_any_header_gives_only_normal_addresses_t11(text: str) -> None:
    addresses, _ = parse_addresses(text)
    for one in addresses:
        assert normalise_address(one.address) == one.address
        assert not set(" \r\n\0<>,;") & set(one.address)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_a_quoted_name_is_never_an_identity_t11(name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    assert [one.address for one in parse_addresses(f'"{quoted}" <b@good.example>')[0]] == ["b@good.example"]

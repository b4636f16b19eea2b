"""Who sees which sections: role x tree with inheritance against an oracle that is written the other way round (F129)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from okno.knowledge.rules import EVERY_ROLE, Audience, Place, Reader, Right, Tree

ROLES = ["lead", "specialist", "trainee"]
COMPANIES = [1, 2, 3]


def codes() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([*ROLES, EVERY_ROLE]), max_size=3)


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """A tree of up to nine sections: each stands in one of those before it, or at the top."""
    made: list[Place] = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        parent = draw(st.sampled_from([None, *(place.id for place in made)]))
        made.append(
            Place(
                id=number,
                parent=parent,
                inherits=parent is not None and draw(st.booleans()),
                is_active=draw(st.integers(0, 4)) > 0,
                audience=draw(st.sampled_from(list(Audience))),
                companies=draw(st.frozensets(st.sampled_from(COMPANIES), max_size=2)),
                roles={right: draw(codes()) for right in Right},
            )
        )
    return made


READERS = [
    Reader(),
    Reader(companies=frozenset()),
    Reader(companies=frozenset({1})),
    Reader(companies=frozenset({2, 3})),
    Reader(role="administrator", may_all=True),
    *(Reader(role=role) for role in ROLES),
]


def oracle(all_places: list[Place], reader: Reader, right: Right) -> set[int]:
    """From the top down: what is given on the way, and what is taken away."""
    answer: set[int] = set()
    waiting: list[tuple[Place, Place | None, bool]] = [
        (each, None, True) for each in all_places if each.parent is None
    ]
    while waiting:
        place, above, parent_seen = waiting.pop()
        rights = above if place.inherits and above is not None else place
        if reader.may_all:
            sees = allowed = parent_seen
        elif reader.role:
            has = {each: bool(rights.roles[each] & {reader.role, EVERY_ROLE}) for each in Right}
            sees = parent_seen and has[Right.VIEW] and (place.is_active or has[Right.MANAGE])
            allowed = sees and has[right]
        else:
            among = {
                Audience.INTERNAL: False,
                Audience.PUBLIC: True,
                Audience.CLIENTS: reader.companies is not None,
                Audience.COMPANIES: bool((reader.companies or frozenset()) & rights.companies),
            }
            sees = parent_seen and place.is_active and among[rights.audience]
            allowed = sees and right is Right.VIEW
        if allowed:
            answer.add(place.id)
        waiting += [(each, rights, sees) for each in all_places if each.parent == place.id]
    return answer


@given(places())
@settings(max_examples=300, deadline=None)
def test_every_right_of_every_reader_agrees_with_the_oracle(all_places: list[Place]) -> None:
    tree = Tree(all_places)
    for reader in READERS:
        for right in Right:
            assert tree.allowed(reader, right) == oracle(all_places, reader, right), (reader, right)


@given(places())
@settings(max_examples=100, deadline=None)
def test_nobody_sees_a_section_that_stands_in_a_hidden_one(all_places: list[Place]) -> None:
    tree = Tree(all_places)
    for reader in READERS:
        seen = tree.visible(reader)
        for section in seen:
            assert set(tree.path(section)) <= seen


def test_a_stranger_sees_no_more_than_a_client_and_a_client_no_more_than_is_said() -> None:
    internal = Place(1, audience=Audience.INTERNAL)
    public = Place(2, audience=Audience.PUBLIC)
    within = Place(3, parent=1, audience=Audience.PUBLIC)
    inheriting = Place(4, parent=2, inherits=True)
    tree = Tree([internal, public, within, inheriting])
    assert tree.visible(Reader()) == {2, 4}
    assert tree.visible(Reader(companies=frozenset({1}))) == {2, 4}


def test_a_circle_in_the_tree_shows_nothing_and_ends() -> None:
    tree = Tree([Place(1, parent=2, inherits=True), Place(2, parent=1, inherits=True)])
    assert tree.visible(Reader()) == frozenset()
    assert tree.path(1) == [2, 1]

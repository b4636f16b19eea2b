"""The pieces of which everything that the API takes and gives is made."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from okno.core.named import Named
from okno.people.models import Agent, Company, Contact, Team

LARGEST_ID = 2**63 - 1
TEXT_LIMIT = 500_000
"""Characters of one message."""
_HALF = re.compile("[\ud800-\udfff]")
MOST_VALUES, LONGEST_VALUE = 200, 20_000


def storable(text: str) -> str:
    """Text without NUL and without halves of a surrogate pair, which no database column takes."""
    if "\x00" in text:
        raise ValueError(_("This holds a character that cannot be stored (NUL)."))
    if not text.isascii() and _HALF.search(text):
        raise ValueError(_("This holds half of a character (a lone surrogate), which cannot be stored."))
    return text


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
IdOrNobody = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Line = Annotated[str, Field(max_length=200), AfterValidator(storable)]
Lines = Annotated[str, Field(max_length=5000), AfterValidator(storable)]
Body = Annotated[str, Field(max_length=TEXT_LIMIT), AfterValidator(storable)]
Code = Annotated[str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")]
Email = Annotated[
    str, Field(min_length=3, max_length=254, examples=["marta@kawa.example"]), AfterValidator(storable)
]


def attribute_value(value: Any) -> Any:
    """A value of an attribute in a form that some kind of attribute takes; which one is asked of its definition."""
    simple = value is None or isinstance(value, str | int | float | bool)
    if not simple and not (
        isinstance(value, list) and len(value) <= MOST_VALUES and all(isinstance(each, str) for each in value)
    ):
        raise ValueError(_("Send a text, a number, true or false, a list of codes, or null."))
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            if len(each) > LONGEST_VALUE:
                raise ValueError(_("No more than %(limit)d characters.") % {"limit": LONGEST_VALUE})
            storable(each)
    return value


_VALUE_SCHEMA = {
    "anyOf": [
        {"type": "string", "maxLength": LONGEST_VALUE},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "array", "items": {"type": "string"}, "maxItems": MOST_VALUES},
        {"type": "null"},
    ]
}
AttributeValue = Annotated[Any, AfterValidator(attribute_value), WithJsonSchema(_VALUE_SCHEMA)]
Attributes = Annotated[
    dict[Code, AttributeValue],
    Field(
        max_length=MOST_VALUES,
        description="Values of attributes by code, see `/attributes`; null or an empty text takes one away.",
        examples=[{"contract-class": "gold"}],
    ),
]
Answers = Annotated[dict[Code, AttributeValue], Field(max_length=MOST_VALUES)]
AttributesOut = Annotated[
    dict[str, AttributeValue],
    Field(description="Values of attributes by code, of those that you may see; null where there is none."),
]


class Given(BaseModel):
    """What a caller sends: exactly the named fields, each of exactly its type (T26)."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Ref(BaseModel):
    """A row by its id, with its name."""

    id: int
    name: str


class Coded(BaseModel):
    """A configured word by its code, with its name in the language of `Accept-Language`."""

    code: str
    name: str


def ref(row: Agent | Team | Company | Contact | None) -> Ref | None:
    """The row as id and name."""
    return None if row is None else Ref(id=row.pk, name=row.name)


def coded(row: Named) -> Coded:
    """The row as code and name."""
    return Coded(code=row.code, name=row.name)

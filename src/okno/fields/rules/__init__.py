"""What an attribute may hold, as pure rules: kinds, limits, reading a value, turning it into another kind."""

from okno.fields.rules.definition import Definition, Kind, Limits, Option, Problem, Value
from okno.fields.rules.limits import limits_problems, read_limits
from okno.fields.rules.masks import fits_mask, is_mask
from okno.fields.rules.reading import Read, is_empty, read
from okno.fields.rules.turning import TURNS, turned

__all__ = [
    "TURNS",
    "Definition",
    "Kind",
    "Limits",
    "Option",
    "Problem",
    "Read",
    "Value",
    "fits_mask",
    "is_empty",
    "is_mask",
    "limits_problems",
    "read",
    "read_limits",
    "turned",
]

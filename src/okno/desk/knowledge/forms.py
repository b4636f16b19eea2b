"""The forms of articles and sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.knowledge.limits import LONGEST_ABOUT, LONGEST_NAME
from okno.knowledge.models import Section
from okno.knowledge.models.articles import TITLE_LIMIT
from okno.knowledge.models.sections import FIELDS
from okno.knowledge.operations.articles import Words
from okno.knowledge.operations.sections import SectionFacts
from okno.knowledge.reading import own_language
from okno.knowledge.rules import EVERY_ROLE, Right
from okno.people.models import Company, Role

RIGHT_LABELS = {
    Right.VIEW: gettext_lazy("see the section and what is in it"),
    Right.CREATE: gettext_lazy("make sections and articles in it"),
    Right.EDIT: gettext_lazy("edit its articles"),
    Right.MANAGE: gettext_lazy("change the section and its rights"),
}


class ArticleForm(forms.Form):
    """Title and text of an article in one language."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_LIMIT)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    section = forms.ModelChoiceField(label=gettext_lazy("Section"), queryset=Section.objects.none())
    html = forms.CharField(label=gettext_lazy("Text"), required=False, strip=False)

    def __init__(self, data: Any = None, *, sections: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if sections is None:
            del self.fields["section"]
            self.fields["language"].widget = forms.HiddenInput()
        else:
            chooser: Any = self.fields["section"]
            chooser.queryset = sections

    def words(self, attachments: Sequence[str]) -> Words:
        """What the form says, after it was found valid."""
        given = self.cleaned_data
        return Words(given["title"], given["html"], given["language"], attachments)


class SectionForm(forms.Form):
    """Names, place, audience and the rights of each role."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("In the section"), queryset=Section.objects.none(), required=False,
        empty_label=gettext_lazy("none: at the top"),
    )  # fmt: skip
    inherits = forms.BooleanField(
        label=gettext_lazy("Inherit access rights"), required=False,
        help_text=gettext_lazy("The section above decides who reads it and who may do what in it."),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it beside employees"), choices=Section.For.choices, widget=forms.RadioSelect
    )
    companies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Companies"), queryset=Company.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, section: Section | None, parents: Any, companies: Any, may_top: bool,
        parent: Section | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(section, parent))
        own: Any = self.fields
        own["parent"].queryset, own["companies"].queryset = parents, companies
        if not may_top:
            own["parent"].required, own["parent"].empty_label = True, None
        for code, label in _languages():
            named = f"{_('Name')} ({label})"
            own[f"name_{code}"] = forms.CharField(label=named, max_length=LONGEST_NAME, required=False)
            told = f"{_('In a sentence')} ({label})"
            own[f"about_{code}"] = forms.CharField(label=told, max_length=LONGEST_ABOUT, required=False)
        self.roles = [(EVERY_ROLE, _("Every role")), *((role.code, role.label) for role in Role.objects.all())]
        for right in Right:
            field = forms.MultipleChoiceField(label=RIGHT_LABELS[right], choices=self.roles, required=False)
            field.widget = forms.CheckboxSelectMultiple(choices=self.roles)
            own[FIELDS[right]] = field

    def name_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Name and sentence in each language, that of the reader first."""
        for code, _label in _languages():
            yield self[f"name_{code}"], self[f"about_{code}"]

    def matrix(self) -> Iterator[tuple[str, str, list[tuple[str, str, bool]]]]:
        """For each role: its code, its name, and for each right the field, the label and whether it is given."""
        for code, label in self.roles:
            cells = [
                (FIELDS[right], str(RIGHT_LABELS[right]), code in (self[FIELDS[right]].value() or []))
                for right in Right
            ]
            yield code, label, cells

    def facts(self) -> SectionFacts:
        """What the form says, after it was found valid."""
        given = self.cleaned_data
        languages = [code for code, _label in settings.LANGUAGES]
        return SectionFacts(
            names={code: given.get(f"name_{code}", "") for code in languages},
            about={code: given.get(f"about_{code}", "") for code in languages},
            parent=given["parent"],
            inherits=given["inherits"],
            audience=given["audience"],
            companies=list(given["companies"]),
            roles={right: given[FIELDS[right]] for right in Right},
        )


def _initial(section: Section | None, parent: Section | None) -> dict[str, Any]:
    if section is None:
        rights: dict[str, Any] = {FIELDS[right]: [] for right in Right} | {"viewers": [EVERY_ROLE]}
        return {"parent": parent, "inherits": parent is not None, "audience": Section.For.INTERNAL, **rights}
    known: dict[str, Any] = {f"name_{code}": name for code, name in section.names.items()}
    known |= {f"about_{code}": text for code, text in section.about.items()}
    known |= {FIELDS[right]: getattr(section, FIELDS[right]) for right in Right}
    known |= {"companies": list(section.companies.values_list("pk", flat=True))}
    return known | {"parent": section.parent_id, "inherits": section.inherits, "audience": section.audience}


def _languages() -> Iterable[tuple[str, str]]:
    own = own_language()
    return sorted(settings.LANGUAGES, key=lambda pair: pair[0] != own)

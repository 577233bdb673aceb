"""The forms in which names are written, for the programs that read one of them alone."""

from __future__ import annotations

from enum import Enum


class Form(str, Enum):
    """A form. Its value is the word on the command line and in the settings.

    MWG: face regions of the Metadata Working Group. MICROSOFT: face regions of Microsoft. PERSONS: the list
    Iptc4xmpExt:PersonInImage. KEYWORDS: "People|Name" in lr:hierarchicalSubject and digiKam:TagsList, and the
    name in dc:subject.
    """

    MWG = "mwg"
    MICROSOFT = "microsoft"
    PERSONS = "persons"
    KEYWORDS = "keywords"


DEFAULT_FORMS = (Form.MWG,)


def forms_of(words: object) -> tuple[Form, ...]:
    """The forms that a list of words names, in the order of `Form`; the default for anything else."""
    chosen = {str(word) for word in words} if isinstance(words, (list, tuple)) else set[str]()
    known = tuple(form for form in Form if form.value in chosen)
    return known if len(known) == len(chosen) and known else DEFAULT_FORMS

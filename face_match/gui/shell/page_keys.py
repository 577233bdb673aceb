"""The keys of what is shown now, which F1 marks."""

from __future__ import annotations

from collections.abc import Sequence

from face_match.gui.keys import ALL_PHOTOS_KEYS, PEOPLE_KEYS, PHOTO_KEYS, REVIEW_KEYS, SEARCH_KEYS, Key
from face_match.gui.shell.navigation import Page

KEYS_OF_PAGES = dict(zip(Page, (PEOPLE_KEYS, REVIEW_KEYS, PHOTO_KEYS, PEOPLE_KEYS), strict=True))


def keys_of(page: Page, *, is_photo_search: bool, is_all_photos: bool) -> Sequence[Key]:
    """The keys of a page.

    Args:
        is_photo_search: the page of the people shows what was searched for, or the photos of a person.
        is_all_photos: the page of the photos shows all of them, and none is open.
    """
    if page is Page.PEOPLE and is_photo_search:
        return SEARCH_KEYS
    if page is Page.PHOTO and is_all_photos:
        return ALL_PHOTOS_KEYS
    return KEYS_OF_PAGES[page]

"""Changing the XMP of a TIFF: what is new is put behind everything else, so that nothing moves."""

from __future__ import annotations

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.tiff_directory import Directory, first_directory
from face_match.core.translation import marked
from face_match.metadata.embedded.changes import Change, NotRewritableError
from face_match.metadata.embedded.extended_xmp import of_size
from face_match.metadata.embedded.tiff import XMP, XMP_TYPES

_BYTE = 1
_DNG_VERSION, _CREDENTIALS = 50_706, 52_545


def xmp_changes(source: ByteSource, packet: bytes) -> list[Change]:
    """The changes that put a packet into the file; raises NotRewritableError."""
    directory = first_directory(source)
    if directory.entry(_CREDENTIALS):
        raise NotRewritableError(marked("a change would make its content credentials invalid"))
    if directory.entry(_DNG_VERSION):
        raise NotRewritableError(marked("photos of this kind are not rewritten"))
    old = directory.entry(XMP)
    word, end = directory.word, len(source)
    if old is not None and old.kind in XMP_TYPES:
        if old.values > word and (same := of_size(packet, old.values)):
            return [Change(old.value, old.value + old.values, same)]
        if old.values > word and old.value + old.values == end:
            end = old.value  # it is the last thing in the file
    even = b"\0" * (end % 2)
    start = end + len(even)
    if old is not None:
        entry = _entry(directory, len(packet), start)
        changes = [Change(old.start, old.start + len(entry), entry)]
        added = packet
    else:
        table = _with_entry(source, directory, len(packet), start)
        changes = [Change(word, 2 * word, start.to_bytes(word, directory.order))]
        added = table + packet
    if word == 4 and start + len(added) >= 1 << 32:
        raise NotRewritableError(marked("it is too large"))
    return [*changes, Change(end, len(source), even + added)]


def _entry(directory: Directory, length: int, value: int) -> bytes:
    """The entry of a packet."""
    word, order = directory.word, directory.order
    numbers = ((XMP, 2), (_BYTE, 2), (length, word), (value, word))
    return b"".join(number.to_bytes(size, order) for number, size in numbers)


def _with_entry(source: ByteSource, directory: Directory, length: int, start: int) -> bytes:
    """The directory with an entry for a packet that follows it; entries are in the order of their tags."""
    word = directory.word
    size, count_bytes = 4 + 2 * word, 8 if word == 8 else 2
    entries = {entry.start: source.bytes_at(entry.start, size) for entry in directory.entries}
    before = sum(entry.tag < XMP for entry in directory.entries)
    count = len(entries) + 1
    end = source.bytes_at(directory.end, word)
    value = start + count_bytes + count * size + word
    value += value % 2
    table = [*entries.values()]
    table.insert(before, _entry(directory, length, value))
    whole = count.to_bytes(count_bytes, directory.order) + b"".join(table) + end
    return whole + b"\0" * (value - start - len(whole))

"""Every error has a message: what happened and, where it helps, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core import errors, server_errors
from face_match.core.errors import FaceMatchError
from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.notes import unusable_face_warning
from face_match.core.types import Box, FaceQuality, Verdict

BOXES = [Box(10.4, 20.6, 30.0, 40.0), Box(-5.0, 0.0, 7.0, 8.0)]
RECORDS = Path("somewhere") / "embeddings.json"
SERVER = ServerAddress.parse("postgresql://ada:secret@archive.example/photos").name

EXAMPLES: list[FaceMatchError] = [
    errors.ImageUnreadableError("party.jpg", "truncated JPEG"),
    errors.RawUnreadableError("party.jpg", "a RAW photo without a preview"),
    errors.FolderUnreadableError(Path("photos/b"), "Permission denied"),
    errors.EmbeddedXmpUnreadableError("party.jpg", "damaged XML, line 3"),
    errors.NamesUnreadableError("digikam4.db", "damaged"),
    errors.GalleryNotMovedError(Path("elsewhere"), "there is a gallery already"),
    errors.PhotoNotRewrittenError("party.jpg", "it could not be saved (disk full)"),
    errors.NoFaceError("party.jpg"),
    errors.NoFaceError("party.jpg", "Ada Lovelace"),
    errors.SeveralFacesError("party.jpg", BOXES),
    errors.SeveralFacesError("party.jpg", BOXES, 3),
    errors.SeveralFacesError("party.jpg", BOXES[:1], 2),
    errors.SeveralFacesError("party.jpg", BOXES, person="Ada Lovelace"),
    errors.BoxUnusableError("party.jpg", BOXES[0], BOXES[0]._replace(width=9.6)),
    errors.BoxUnusableError("party.jpg", BOXES[0], Box(0.0, 0.0, 0.0, 0.0)),
    errors.PersonNotFoundError("Ada Lovelace"),
    errors.InvalidNameError(""),
    errors.InvalidNameError("Ada Ada Ada …", "it is longer than 1,000 characters"),
    errors.SamePhotoError("Grace/party.jpg", "Ada Lovelace/1.jpg"),
    errors.InvalidBirthDateError("last spring"),
    errors.AlreadyAddedError("Ada Lovelace"),
    errors.FaceNamedError("Ada Lovelace"),
    errors.NameTakenError("Grace"),
    errors.FaceNotFoundError("0123"),
    errors.FaceUnnamedError("0123"),
    errors.ConflictNotFoundError("4567"),
    errors.TooLittleDataError(3, 10),
    errors.CancelledError(),
    errors.SidecarUnreadableError("party.jpg.xmp", "damaged XML, line 3"),
    errors.SidecarUnreadableError(
        "party.jpg.xmp", "its regions are of another image (900 × 400)", are_places_wrong=True
    ),
    errors.SidecarNamesError("party.jpg.xmp", "may belong to a.jpg or a.png: its names were not imported"),
    errors.SidecarWriteError("party.jpg.xmp", "No space left on device"),
    errors.ReportWriteError(Path("somewhere") / "report", "No space left on device"),
    errors.LabelsUnreadableError(Path("somewhere") / "people.csv", "it is empty"),
    errors.FileWriteError(Path("somewhere") / "party.jpg", "No space left on device"),
    errors.GalleryDestinationError(Path("somewhere") / "vault.json", "it belongs to the gallery"),
    errors.ModelMissingError("facenet"),
    errors.ModelMissingError("facenet", "keras-facenet"),
    errors.ModelMissingError("dlib"),
    errors.ModelMissingError("mtcnn"),
    errors.ModelMissingError("arcface", "unknown"),
    errors.ModelDamagedError("facenet", "the hash is another"),
    errors.ModelMissingError("w600k_r50", "added"),
    errors.ModelFailedError("w600k_r50", "it took longer than 60 seconds"),
    errors.ModelRefusedError("Cat.onnx", "it is not an ONNX file"),
    errors.DownloadError("facenet", "the server did not answer"),
    errors.EngineMissingError("reference", "tensorflow"),
    errors.EngineLacksError("reference", "find a face in a drawn box"),
    errors.GalleryDamagedError(RECORDS, "it is incomplete or damaged at line 3"),
    errors.GalleryUnreadableError(RECORDS, "Input/output error"),
    errors.VaultDamagedError(RECORDS.with_name("vault.json"), "it was changed by another program"),
    errors.GalleryUnsafeError(RECORDS, "is a link"),
    errors.PurgePlanUnusableError(RECORDS.with_name("erasing.json"), "it is incomplete or was changed"),
    errors.ClearPendingError(RECORDS.parent),
    errors.BackupClearedError(RECORDS),
    errors.UndoImpossibleError(RECORDS.parent, "renamed Ada to Ada Lovelace"),
    errors.GalleryMissingError(RECORDS.parent),
    errors.EncryptedGalleryMissingError(RECORDS.parent),
    errors.GalleryEncryptedError(RECORDS.parent),
    errors.WrongPassphraseError(RECORDS.parent),
    errors.KeyringError(RECORDS.parent),
    errors.BackupUnusableError(RECORDS, "it is not a Face Match gallery"),
    errors.ArchiveUnusableError(RECORDS, "it is damaged or not a ZIP file"),
    errors.GalleryNewerError(RECORDS, "99"),
    errors.GalleryLockedError(Path("gallery"), "process 42 on desk since 12:00"),
    errors.GalleryLockLostError(Path("gallery"), "its lock file was deleted or replaced"),
    errors.GalleryWriteError(RECORDS, "No space left on device"),
    errors.ErasingPendingError(RECORDS, "No space left on device", "Ada Lovelace"),
    errors.ErasingPendingError(RECORDS, "No space left on device", ""),
    errors.ClusterError("tcp://desk:8786", "it does not answer"),
    errors.WorkerRefusedError("tcp://desk:8786", "A new worker", "it has another version"),
    server_errors.ServerAddressError("it names no database"),
    server_errors.ServerAwayError(SERVER, "Connection refused"),
    server_errors.ServerPasswordError(SERVER, was_given=True),
    server_errors.ServerPasswordError(SERVER, was_given=False),
    server_errors.ServerRightsError(SERVER, "it may only read"),
    server_errors.ServerUnsuitableError(SERVER, "it is PostgreSQL 14"),
    server_errors.ServerGalleryMissingError(SERVER),
    server_errors.NotOnServerError("A gallery on a server has no passphrase."),
    server_errors.ChangedElsewhereError(),
]


def concrete_kinds(kind: type[FaceMatchError] = FaceMatchError) -> Iterator[type[FaceMatchError]]:
    """The leaves of the tree of errors."""
    below = kind.__subclasses__()
    if not below:
        yield kind
    for subclass in below:
        yield from concrete_kinds(subclass)


def test_every_kind_of_error_has_an_example_here_and_a_place_in_the_tree() -> None:
    kinds = {*concrete_kinds()}
    assert len(kinds) > 10
    assert kinds <= {type(error) for error in EXAMPLES}
    for kind in kinds:
        assert kind.__name__ in (errors.__doc__ or "")
        assert kind.__module__ in ("face_match.core.errors", "face_match.core.server_errors")


@pytest.mark.parametrize("error", EXAMPLES, ids=repr)
def test_an_error_message_is_a_sentence_with_all_facts(error: FaceMatchError) -> None:
    words = error_message(error)
    assert words == words.strip()
    assert words.endswith(".")
    assert not words.endswith("..")
    assert "\n" not in words
    assert (
        words[0].isupper()
        or words[0].isdigit()
        or words.startswith(("party.jpg", "embedd", "vault", "facenet", "some", "“"))
    )
    for kind in concrete_kinds():
        assert kind.__name__ not in words
    assert "Error" not in words
    assert "None" not in words
    assert "Path(" not in words
    assert "secret" not in words + repr(error)
    for fact in ("name", "reason", "person"):
        assert getattr(error, fact, "") in words
    if isinstance(error, errors.GalleryError):
        assert error.path.name in words or isinstance(
            error, (errors.GalleryLockedError, errors.UndoImpossibleError)
        )
        assert str(error.path.parent) + "/" not in words
        assert error.detail in words


def test_an_error_of_a_damaged_gallery_offers_the_backup_by_its_time_and_the_command(tmp_path: Path) -> None:
    backup = tmp_path / "embeddings.json.bak"
    backup.touch()
    words = error_message(errors.GalleryDamagedError(tmp_path / "embeddings.json", "damaged", backup))
    assert "restore embeddings.json.bak" in words
    assert "It was not changed" in words
    assert words.endswith(".")
    without = error_message(errors.GalleryDamagedError(tmp_path / "embeddings.json", "damaged"))
    assert "restore" not in without
    assert "no readable backup" in without


def test_several_faces_are_listed_with_the_numbers_that_name_them() -> None:
    words = error_message(errors.SeveralFacesError("party.jpg", BOXES))
    assert "1 at (10, 21), 30 × 40 pixels; 2 at (-5, 0), 7 × 8 pixels" in words
    assert "2 faces" in words
    assert "--face" in words
    assert "has no face 3" in error_message(errors.SeveralFacesError("party.jpg", BOXES, 3))


def test_errors_of_one_model_say_different_things() -> None:
    words = [error_message(error) for error in EXAMPLES]
    assert len({*words}) >= len(words) - 1
    assert "models download facenet" in error_message(errors.ModelMissingError("facenet"))
    assert "pip install" in error_message(errors.ModelMissingError("dlib"))
    assert "models list" in error_message(errors.ModelMissingError("arcface", "unknown"))


def test_a_quality_warning_names_all_reasons() -> None:
    one = FaceQuality(Verdict.UNUSABLE, 0.1, ("blurred",))
    three = FaceQuality(Verdict.UNUSABLE, 0.1, ("too small", "blurred", "too dark"))
    assert unusable_face_warning(one) == "This face is blurred; matches against it will be unreliable."
    assert unusable_face_warning(three).startswith("This face is too small, blurred and too dark; ")

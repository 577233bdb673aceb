"""Photos and folders on which version 0.1 failed; they are beside the checkout and no part of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.photo_folders import photo_files
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import identify_photo, load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_names import import_names_from_metadata
from face_match.workflows.import_people import ImportResult, import_people, photos_by_person
from face_match.workflows.scan import ScanResult, scan
from face_match.workflows.write_names import WriteResult, write_names
from tests.portraits import astronaut

CASES = Path(__file__).parents[4] / "shared" / "cases"
THRESHOLD = 0.925
MUM = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#">
<mwg-rs:Regions rdf:parseType="Resource">
<mwg-rs:AppliedToDimensions stDim:w="256" stDim:h="236" stDim:unit="pixel"/>
<mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Type="Face" mwg-rs:Name="Mum">
<mwg-rs:Area stArea:x="0.499" stArea:y="0.4616" stArea:w="0.3012" stArea:h="0.418" stArea:unit="normalized"/>
</rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList>
</mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>
"""


@pytest.fixture(scope="session")
def cases() -> Path:
    if not CASES.is_dir():
        pytest.skip("the cases (shared/cases beside the checkout) are not here")
    return CASES


@pytest.fixture
def mum(tmp_path: Path) -> Path:
    """The folder of a photo of Eileen Collins with a sidecar in which her face is called Mum."""
    folder = tmp_path / "mum"
    folder.mkdir()
    portrait = astronaut().crop((84, 0, 362, 256))
    portrait.resize((256, 236), Image.Resampling.LANCZOS).save(folder / "a.jpg", quality=90)
    (folder / "a.jpg.xmp").write_text(MUM, "utf-8")
    return folder


@pytest.fixture
def folder_of(cases: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A case's folder, to do with as one likes."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(cases / "folders" / name, tmp_path / "photos" / name))

    return copied


class World:
    """A gallery, and what is done with it."""

    def __init__(self, folder: Path, pipeline: FacePipeline) -> None:
        self.pipeline = pipeline
        self.gallery = Gallery.open(folder, for_writing=True)

    def add(self, name: str, path: Path) -> FaceRecord:
        """The first face of a photo, by hand."""
        photo = load_photo(path)
        return self.gallery.add(name, NewFace.of(self.pipeline.faces(photo)[0]), photo, path).faces[0]

    def scan(self, *paths: Path, pipeline: FacePipeline | None = None) -> ScanResult:
        return scan(photo_files(paths), self.gallery, pipeline or self.pipeline)

    def import_folders(self, folder: Path) -> ImportResult:
        return import_people(photos_by_person(folder), self.gallery, self.pipeline, THRESHOLD)

    def import_sidecars(self, folder: Path) -> ImportResult:
        return import_names_from_metadata(photo_files([folder]), self.gallery, self.pipeline)

    def write(self, folder: Path) -> WriteResult:
        return write_names(photo_files([folder]), self.gallery)

    def people(self) -> dict[str, int]:
        return {person.name: person.face_count for person in self.gallery.people}

    def names_in(self, path: Path) -> list[str | None]:
        """Of the faces of a photo, from left to right."""
        record = self.gallery.photo_of(identify_photo(path))
        assert record is not None
        faces = sorted(self.gallery.faces_in(record), key=lambda face: face.place or (0, 0, 0, 0))
        return [person.name if (person := self.gallery.person_by_folder(f.person)) else None for f in faces]


@pytest.fixture
def world(tmp_path: Path, pipeline: FacePipeline) -> Iterator[Any]:
    made = World(tmp_path / "gallery", pipeline)
    yield made
    made.gallery.close()

"""Adding faces to XMP sidecars."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.errors import SidecarWriteError
from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import SidecarFiles
from tests.ordinary_rights import ordinary_rights
from tests.unit.metadata.sidecar_inputs import (
    ADA,
    CASES,
    DIGIKAM,
    FOREIGN,
    GRACE,
    SPACES,
    add,
    named,
    nearly,
    with_item,
    with_regions,
)
from tests.written_regions import WrittenRegions, write_regions


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


@pytest.mark.parametrize("program", ["digiKam", "Lightroom", "exiftool"])
@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"),
        *("ISO-8859-1", "windows-1252"),
    ],
)
def test_all_that_another_program_wrote_is_kept_to_the_byte(
    sidecar: Path, program: str, encoding: str
) -> None:
    document, is_unicode = FOREIGN[program], encoding.startswith("utf")
    if not is_unicode:
        document = f'<?xml version="1.0" encoding="{encoding}"?>' + document.replace("\ufeff", "")
    before = document.encode(encoding, "xmlcharrefreplace")
    sidecar.write_bytes(before)
    assert add(sidecar, [ADA, GRACE], 600, 400, 1) == 1
    after = sidecar.read_bytes()
    same = next(at for at, byte in enumerate(before) if after[at] != byte)
    assert after.endswith(before[same:])
    assert named(sidecar, 600, 400, 1) == [nearly(ADA), nearly(GRACE)]
    if "32" not in encoding:  # which ElementTree cannot read
        ElementTree.fromstring(after)


@pytest.mark.parametrize(
    "document",
    [
        f"<rdf:RDF {SPACES}/>",
        f"<rdf:RDF {SPACES}></rdf:RDF>",
        with_regions('<m:Regions rdf:parseType="Resource"/>'),
        with_regions("<m:Regions/>"),
        with_regions("<m:Regions ></m:Regions>"),
        with_regions("<m:Regions><rdf:Description x='1>' /></m:Regions>"),
        with_regions('<m:Regions rdf:parseType="Resource"><m:RegionList\n/></m:Regions>'),
        with_item("").replace("<rdf:Bag></rdf:Bag>", "<rdf:Bag />"),
        with_item("").replace("rdf:Bag", "rdf:Seq"),
        with_item("<rdf:li/>"),
        with_item("").replace("<rdf:Bag></rdf:Bag>", "<a:odd/>"),
    ],
)
def test_faces_are_added_to_whatever_there_is_of_a_list(sidecar: Path, document: str) -> None:
    sidecar.write_text(document, "utf-8")
    assert add(sidecar, [ADA], 600, 400, 1) == 1
    assert named(sidecar, 600, 400, 1) == [nearly(ADA)]
    assert add(sidecar, [GRACE, ADA], 600, 400, 1) == 1
    assert named(sidecar, 600, 400, 1) == [nearly(ADA), nearly(GRACE)]
    root = ElementTree.fromstring(sidecar.read_bytes())
    for name in ("Regions", "RegionList"):
        assert len([*root.iter(f"{{http://www.metadataworkinggroup.com/schemas/regions/}}{name}")]) == 1


def test_a_side_car_with_prefixes_of_its_own_gets_no_others(sidecar: Path) -> None:
    sidecar.write_text(with_item(""), "utf-8")
    add(sidecar, [ADA], 600, 400, 1)
    assert "mwg-rs:" not in sidecar.read_text("utf-8")
    assert "stArea:" not in sidecar.read_text("utf-8")


def test_a_prefix_that_means_two_things_does_no_harm(sidecar: Path) -> None:
    again = 'xmlns:a="http://ns.adobe.com/xap/1.0/sType/Dimensions#"'
    sidecar.write_text(with_regions(f"<rdf:value {again}/><m:Regions/>"), "utf-8")
    assert add(sidecar, [ADA], 600, 400, 1) == 1
    assert named(sidecar, 600, 400, 1) == [nearly(ADA)]


def test_regions_for_a_side_car_about_something_are_about_the_same(sidecar: Path) -> None:
    about = with_regions("<a:b/>").replace("<rdf:Description>", '<rdf:Description rdf:about="uuid:1&amp;2">')
    sidecar.write_text(about, "utf-8")
    add(sidecar, [ADA], 600, 400, 1)
    assert sidecar.read_text("utf-8").count('rdf:about="uuid:1&amp;2"') == 2


def test_a_new_side_car_is_made_with_the_size_of_the_stored_image(sidecar: Path) -> None:
    assert add(sidecar, [ADA], 600, 400, 6) == 1
    root = ElementTree.fromstring(sidecar.read_bytes())
    size = [root.findtext(f".//{{http://ns.adobe.com/xap/1.0/sType/Dimensions#}}{side}") for side in "wh"]
    assert size == ["400", "600"]
    assert sidecar.read_bytes().startswith(b"<?xpacket begin=")


def test_the_same_faces_make_the_same_side_car(sidecar: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xmp"
    for path in (sidecar, other):
        add(path, [ADA, GRACE], 600, 400, 3)
    assert sidecar.read_bytes() == other.read_bytes()


def test_a_face_that_is_there_under_its_name_is_not_added_again_and_nothing_is_written(sidecar: Path) -> None:
    assert add(sidecar, [ADA, ADA, GRACE], 600, 400, 1) == 2
    before, written = sidecar.read_bytes(), sidecar.stat()
    moved = ADA._replace(name="ada LOVELACE", box=ADA.box._replace(x=ADA.box.x + 20))
    assert add(sidecar, [moved, GRACE], 600, 400, 1) == 0
    assert sidecar.read_bytes() == before
    assert sidecar.stat().st_mtime_ns == written.st_mtime_ns
    assert sidecar.stat().st_ino == written.st_ino


def test_the_same_name_elsewhere_is_added(sidecar: Path) -> None:
    add(sidecar, [ADA], 600, 400, 1)
    elsewhere = ADA._replace(box=ADA.box._replace(x=ADA.box.x + 60))
    assert add(sidecar, [ADA, elsewhere], 600, 400, 1) == 1
    assert add(sidecar, [ADA._replace(name="Augusta King"), elsewhere], 600, 400, 1) == 0
    assert [region.name for region in named(sidecar, 600, 400, 1)] == ["Augusta King", "Ada Lovelace"]


def test_nothing_to_add_makes_no_side_car(sidecar: Path) -> None:
    nowhere = [Box(700, 0, 50, 50), Box(-60, 10, 50, 50), Box(10, 10, 0, 50), Box(float("nan"), 0, 9, 9)]
    regions = [NamedRegion(" \x00\n", ADA.box), *(NamedRegion("Ada", box) for box in nowhere)]
    assert add(sidecar, regions, 600, 400, 1) == 0
    assert not sidecar.exists()


def test_a_box_that_reaches_past_the_edge_ends_there(sidecar: Path) -> None:
    past = NamedRegion("Ada", Box(-80.0, 350.0, 100.0, 100.0))
    for added in (1, 0):
        assert add(sidecar, [past], 600, 400, 8) == added
    assert named(sidecar, 600, 400, 8) == [nearly(NamedRegion("Ada", Box(0, 350, 20, 50)))]


NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
PARTS = st.floats(0, 0.7)


@given(
    name=NAMES,
    corner=st.tuples(PARTS, PARTS),
    size=st.tuples(st.integers(100, 9000), st.integers(100, 9000)),
    orientation=st.integers(1, 8),
)
def test_what_is_written_is_read_again(
    name: str, corner: tuple[float, float], size: tuple[int, int], orientation: int
) -> None:
    width, height = size
    box = Box(corner[0] * width, corner[1] * height, 0.3 * width, 0.3 * height)
    regions = [NamedRegion(" ".join(f"{number}{name}".split()), box) for number in (1, 2)]
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "party.jpg.xmp"
        assert add(sidecar, regions, *size, orientation) == 2
        assert named(sidecar, *size, orientation) == [nearly(region, within=0.02) for region in regions]
        assert add(sidecar, regions, *size, orientation) == 0


@given(st.text())
def test_no_name_makes_a_damaged_side_car_or_a_face_that_is_added_twice(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "party.jpg.xmp"
        for added in (1, 0):
            assert add(sidecar, [NamedRegion(f"1{name}", ADA.box)], 600, 400, 1) == added
        assert named(sidecar, 600, 400, 1)[0].name.startswith("1")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<b>Ada & \"Grace\"</b> 'x' ]]>", "<b>Ada & \"Grace\"</b> 'x' ]]>"),
        ("Ay\u015fe \U0001f642 \u05d0\u05d1", "Ay\u015fe \U0001f642 \u05d0\u05d1"),
        ("A\x00d\x1ba\ud800\ufffe", "Ada"),
        (" Ada\r\n\tLovelace ", "Ada Lovelace"),
        ("&amp;lt;&#65;", "&amp;lt;&#65;"),
    ],
)
def test_a_name_is_kept_but_for_what_xml_cannot_hold(sidecar: Path, name: str, kept: str) -> None:
    assert add(sidecar, [NamedRegion(name, ADA.box)], 600, 400, 1) == 1
    assert [region.name for region in named(sidecar, 600, 400, 1)] == [kept]
    assert add(sidecar, [NamedRegion(name, ADA.box)], 600, 400, 1) == 0


def test_a_full_disk_leaves_the_old_side_car(sidecar: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit on a file's size")
    sidecar.write_text(DIGIKAM, "utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(SidecarWriteError) as caught:
            add(sidecar, [GRACE], 600, 400, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.reason == "File too large"
    assert sidecar.read_text("utf-8") == DIGIKAM
    assert [*sidecar.parent.iterdir()] == [sidecar]


def test_a_read_only_folder_leaves_the_old_side_car(sidecar: Path) -> None:
    sidecar.write_text(DIGIKAM, "utf-8")
    sidecar.parent.chmod(0o500)
    try:
        with ordinary_rights(), pytest.raises(SidecarWriteError, match="Permission denied"):
            add(sidecar, [GRACE], 600, 400, 1)
    finally:
        sidecar.parent.chmod(0o700)
    assert sidecar.read_text("utf-8") == DIGIKAM


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_side_car_stays_as_open_to_others_as_it_was_and_a_new_one_is_as_its_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xmp", tmp_path / "new.xmp"
    old.write_text(DIGIKAM, "utf-8")
    old.chmod(0o640)
    tmp_path.chmod(0o755)
    for path in (old, new):
        add(path, [GRACE], 600, 400, 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o644]


@pytest.mark.skipif(os.name == "nt", reason="Windows wants a privilege for links")
@pytest.mark.parametrize("content", [DIGIKAM, None], ids=["to a file", "to nothing"])
def test_nothing_is_written_through_a_side_car_that_is_a_link(
    sidecar: Path, tmp_path: Path, content: str | None
) -> None:
    real = tmp_path / "real.xmp"
    if content is not None:
        real.write_text(content, "utf-8")
    sidecar.symlink_to(real)
    with pytest.raises(SidecarWriteError, match="link"):
        add(sidecar, [GRACE], 600, 400, 1)
    assert real.exists() == (content is not None)
    assert content is None or real.read_text("utf-8") == content
    assert sidecar.is_symlink()


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
@pytest.mark.parametrize(
    ("case", "photo", "written", "tag"),
    [
        ("01-mum", "a.jpg", "a.jpg.xmp", "mwg-rs:Name"),
        ("09-two-sidecars", "a.jpg", "a.xmp", "mwg-rs:Name"),
        ("11-microsoft", "microsoft.jpg", "microsoft.jpg.xmp", "MPReg:PersonDisplayName"),
    ],
)
def test_cases_in_which_a_face_gets_another_name(
    tmp_path: Path, case: str, photo: str, written: str, tag: str
) -> None:
    folder = tmp_path / "photos"
    shutil.copytree(CASES / case, folder)
    folder.chmod(0o755)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    (sidecar,) = SidecarFiles().to_write(folder / photo)
    assert sidecar == folder / written
    (old,) = named(sidecar, 256, 236, 1)
    result = write_regions(sidecar, [FacePlace(old.box, "Mary Smith")], 256, 236, 1)
    assert result == WrittenRegions(renamed=1)
    before[sidecar] = before[sidecar].replace(f'{tag}="{old.name}"'.encode(), f'{tag}="Mary Smith"'.encode())
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
def test_photos_of_one_stem_get_a_side_car_each(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    shutil.copytree(CASES / "03-one-stem", folder)
    folder.chmod(0o755)
    for photo, name in (("0001.jpg", "Eileen"), ("0001.png", "Grace")):
        (sidecar,) = SidecarFiles().to_write(folder / photo)
        assert add(sidecar, [ADA._replace(name=name)], 600, 400, 1) == 1
        assert SidecarFiles().of(folder / photo) == [sidecar] == [folder / f"{photo}.xmp"]
        assert [region.name for region in named(sidecar, 600, 400, 1)] == [name]
    assert (folder / "0001.xmp").read_bytes() == (CASES / "03-one-stem" / "0001.xmp").read_bytes()


def test_a_name_that_the_encoding_of_a_sidecar_lacks_is_written_and_read_back(sidecar: Path) -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    sidecar.write_bytes((head + with_regions("").replace("\ufeff", "")).encode("latin-1"))
    face = NamedRegion("Søren 日本", ADA.box)
    assert add(sidecar, [face], 600, 400, 1) == 1
    assert named(sidecar, 600, 400, 1) == [nearly(face)]
    assert "S\xf8ren &#26085;".encode("latin-1") in sidecar.read_bytes()

"""Tables of people's groups are read as they come; what is none is refused with the reason."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from face_match.core.errors import LabelsUnreadableError
from face_match.core.messages import error_message
from face_match.workflows import group_labels
from face_match.workflows.group_labels import PeopleLabels, read_labels

PEOPLE = ["Ada", "Grace", "Zoë"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def read(table: Path, text: str | bytes) -> PeopleLabels:
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_labels(table, PEOPLE)


def test_the_column_that_names_people_is_found_wherever_it_is(table: Path) -> None:
    found = read(table, "gender,who\nf,Ada\nf,Grace\nm,Bob\n")
    assert found.columns == {"gender": {"Ada": "f", "Grace": "f"}}
    assert (found.not_in_folder, found.not_in_table, found.contradicted) == (1, 1, 0)


def test_ages_are_banded_and_codes_are_not(table: Path) -> None:
    found = read(table, "name,age,code,year\nAda,29,1,1984\nGrace,30.5,0,2001\nZoë,7,1,1990\n")
    assert found.columns["age"] == {"Ada": "20–29", "Grace": "30–39", "Zoë": "0–9"}
    assert found.columns["code"] == {"Ada": "1", "Grace": "0", "Zoë": "1"}
    assert found.columns["year"]["Ada"] == "1980–1989"
    assert read(table, "name,age\nAda,20.0\nGrace,20.5").columns["age"] == {"Ada": "20–29", "Grace": "20–29"}
    assert read(table, "name,t\nAda,-5\nGrace,12").columns["t"] == {"Ada": "−10 to −1", "Grace": "10–19"}


@pytest.mark.parametrize(
    "text",
    [
        "name;kind\nAda;x\n",
        "name\tkind\nAda\tx\n",
        "\ufeffname,kind\r\n\r\nAda,x\r\n\r\n",
        "name,kind\nAda,x".encode("utf-16"),
        'name,kind\n"Ada"," x "\n',
        "name,kind\nAda,x\nGrace\nZoë,\n",
    ],
    ids=["semicolons", "tabs", "byte order mark", "UTF-16", "quoted", "short rows"],
)
def test_tables_are_read_as_programs_write_them(table: Path, text: str | bytes) -> None:
    assert read(table, text).columns == {"kind": {"Ada": "x"}}


def test_names_are_the_same_however_their_accents_are_written(table: Path) -> None:
    assert read(table, normalize("NFD", "name,kind\nZoë,x\n")).columns == {"kind": {"Zoë": "x"}}


def test_what_is_no_label_and_what_contradicts_itself_is_left_out(table: Path) -> None:
    text = "name,kind,age\nAda,x,20\nAda,x,21\nGrace,NA,\nZoë,-,90\n"
    found = read(table, text)
    assert found.columns == {"kind": {"Ada": "x"}, "age": {"Zoë": "90"}}
    assert found.contradicted == 1


def test_columns_without_a_name_or_with_another_ones_keep_apart(table: Path) -> None:
    assert [*read(table, "name,kind,,kind\nAda,x,y,z\n").columns] == ["kind", "column 3", "kind (2)"]


def test_formulas_are_text(table: Path) -> None:
    found = read(table, 'name,kind\nAda,=1+1\nGrace,"=HYPERLINK(""http://x"")"\n')
    assert found.columns["kind"] == {"Ada": "=1+1", "Grace": '=HYPERLINK("http://x")'}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        (" \n,,\n", "it is empty"),
        ("name,kind\n", "no rows below its header"),
        ("Ada,x\nGrace,y\n", "it has no header: its first row is “Ada”"),
        ("name,kind\nBob,x\n", "no column has the names of the folders, such as “Ada”"),
        ("name\nAda\n", "beside the names it needs 1 to 20 columns; it has 0"),
        ("name" + ",x" * 21 + "\nAda\n", "it has 21"),
        ("name,kind\nAda,x,y\n", "row 2 has 3 cells, its header 2"),
        ("name,kind\nZoë,x\n".encode("latin-1"), "it is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is not UTF-8"),
        (b"PK\3\4\0\0\0", "it is not text"),
        ('name,kind\nAda,"x\n', "it is not a CSV table"),
        ("name,kind\nAda," + "x" * 200_000, "it is not a CSV table"),
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(table: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(LabelsUnreadableError) as caught:
        read(table, text)
    assert says in error_message(caught.value)
    assert "people.csv" in error_message(caught.value)


def test_what_is_no_file_or_too_large_is_refused(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(LabelsUnreadableError) as caught:
            read_labels(path, PEOPLE)
        return caught.value.reason

    assert reason(table) == "the file does not exist"
    assert reason(table.parent) == "it is not a regular file"
    assert reason(table / ("x" * 300))
    if hasattr(os, "mkfifo"):
        os.mkfifo(table.with_name("pipe.csv"))
        assert reason(table.with_name("pipe.csv")) == "it is not a regular file"
    table.write_bytes(b"name,kind\n" + b"Ada,x\n" * 100)
    monkeypatch.setattr(group_labels, "MOST_BYTES", 100)
    assert "larger than" in reason(table)

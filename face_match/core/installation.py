"""How this copy of the program is run, from a checkout or installed; what comes with it, and is typed."""

from __future__ import annotations

from pathlib import Path

MODEL_SANDBOX, PHOTO_SANDBOX = "--sandbox-for-models", "--sandbox-for-photos"
"""The only argument of a start as the process that runs a model from elsewhere, or decodes HEIC."""

PACKAGE_PARENT = Path(__file__).resolve().parents[2]
"""The folder that Python imports `face_match` from."""

LICENCES = PACKAGE_PARENT / "face_match" / "licences.txt"
"""The licences of what the program is made of, as `python -m shipping.licences` lists them, one work a line;
in the program as one file the texts of the licences follow."""
_USER_GUIDE = "user-guide.md"


def checkout() -> Path | None:
    """The folder of app_faces.py that the package is in; None where it is installed."""
    return PACKAGE_PARENT if (PACKAGE_PARENT / "app_faces.py").is_file() else None


def program_name() -> str:
    """The command that starts the program in a terminal."""
    return "face-match" if checkout() is None else "python app_faces.py"


def install_command(extra: str = "") -> str:
    """The command that installs the packages that the program needs, or those of an extra: "reference".

    The requirements of the development environment hold all extras.
    """
    if checkout() is None:
        return f'pip install "face-match[{extra}]"' if extra else "pip install face-match"
    return f"pip install -r requirements{'-dev' if extra else ''}.txt"


def user_guide() -> Path | None:
    """The file of the user guide: that of the checkout, else the one that was installed; None without one."""
    source = checkout()
    places = [source / "docs" / _USER_GUIDE] if source is not None else []
    places.append(PACKAGE_PARENT / "face_match" / _USER_GUIDE)
    return next((path for path in places if path.is_file()), None)

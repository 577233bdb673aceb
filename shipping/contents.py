"""What is packed besides modules: the program's data files, and the files of models that come as packages."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "face_match"
NOT_RUN = (".py", ".pyc", ".pyi", ".ts")
"""Ends of names of files that are compiled into the program, or that only translators need."""

MODEL_FILES = {
    "mtcnn": "assets/weights/*.lz4",
    "face_recognition_models": "models/dlib_face_recognition_resnet_model_v1.dat",
    "keras_facenet": "metadata.py",
}
"""The files that the program reads of packages that it never imports."""

NOT_PACKED = (
    *("tensorflow", "keras", "mtcnn", "keras_facenet", "face_recognition_models", "cv2", "dlib", "skimage"),
    *("tkinter", "_tkinter", "IPython", "PyQt5", "PyQt6", "PySide2", "pandas", "sympy", "torch", "dask"),
    *("pytest", "_pytest", "hypothesis", "pip", "setuptools", "pkg_resources", "wheel", "readline", "curses"),
    *(
        "scipy.datasets",
        "matplotlib.tests",
        "matplotlib.backends.backend_pdf",
        "matplotlib.backends.backend_ps",
    ),
    *("matplotlib.backends.backend_pgf", "onnx.reference", "onnx.backend", "onnxruntime.transformers"),
    *("onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.training", "faiss.contrib"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtTest"),
)
"""Modules that packages would import if they were asked to, and are not."""

NOT_NEEDED = (
    # Qt: other languages, displays without a desktop, pictures that Pillow reads, GTK’s theme and libraries
    *(
        "PySide6/*translations/qt_*",
        "PySide6/*translations/qtbase_[!de]*",
        "PySide6/*translations/qtbase_d[!e]*",
    ),
    *("PySide6/*platforms/*linuxfb*", "PySide6/*platforms/*vkkhr*", "PySide6/*platforms/*qvnc*"),
    *("PySide6/*platforms/*eglfs*", "PySide6/*platforms/*minimal*", "PySide6/*/egldeviceintegrations/*"),
    *("PySide6/*EglF[Ss]*", "*libQt6EglF[Ss]*", "PySide6/*/generic/*", "PySide6/*platformthemes/*gtk3*"),
    *("PySide6/*imageformats/*webp*", "PySide6/*imageformats/*tiff*", "PySide6/*imageformats/*tga*"),
    *("PySide6/*imageformats/*wbmp*", "PySide6/*imageformats/*icns*", "PySide6/*imageformats/*pdf*"),
    *("*Qt6Network*", "*Qt6Pdf*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*"),
    *("libgtk-3*", "libgdk*", "libgio-2*", "libatk*", "libatspi*", "libpango*", "libcairo*", "libpixman*"),
    *("libepoxy*", "libharfbuzz*", "libgraphite2*", "libfribidi*", "libthai*", "libdatrie*", "libgmodule*"),
    *("libgobject*", "libmount*", "libblkid*", "libselinux*", "libX[ciRdDr]*", "libXfixes*", "libXinerama*"),
    *("libjpeg.so*", "libXext*"),
    # of the system, for Qt's network; psycopg has its own, whose names have a digest
    *("libkrb5.so*", "libkrb5support.so*", "libgssapi_krb5.so*", "libk5crypto.so*", "libkeyutils.so*"),
    "libcom_err.so*",
    # under the GPL, and only of use to a Python that is typed to
    *("libreadline*", "*/readline.*", "*/_curses*", "libncurses*", "libtinfo*"),
    # fonts and pictures of Matplotlib that plots do not use
    *("matplotlib/mpl-data/sample_data/*", "matplotlib/mpl-data/fonts/afm/*", "matplotlib/mpl-data/images/*"),
    *("matplotlib/mpl-data/fonts/pdfcorefonts/*", "matplotlib/mpl-data/fonts/ttf/[!DL]*"),
    *(
        "matplotlib/mpl-data/fonts/ttf/DejaVuS*[!s].ttf",
        "sklearn/datasets/data/*",
        "sklearn/datasets/images/*",
        "sklearn/datasets/descr/*",
        "*/tests/*",
        "*.pyx",
        "*.tp",
    ),
)
"""Paths of files that PyInstaller collects and that the program never opens."""


def modules() -> list[str]:
    """All modules of the program: some are imported by names that are only known while it runs."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / PACKAGE).rglob("*.py")))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


def data_files() -> Iterator[tuple[Path, str]]:
    """The user guide, each file of the package that is no code, and the folder that each is packed into."""
    yield ROOT / "docs" / "user-guide.md", PACKAGE
    for path in sorted((ROOT / PACKAGE).rglob("*")):
        if path.is_file() and path.suffix not in NOT_RUN and "__pycache__" not in path.parts:
            yield path, path.parent.relative_to(ROOT).as_posix()


def model_files() -> Iterator[tuple[Path, str]]:
    """Each file of a model, and the folder that it is packed into; raises FileNotFoundError."""
    for package, pattern in MODEL_FILES.items():
        spec = importlib.util.find_spec(package)
        folder = Path(next(iter((spec and spec.submodule_search_locations) or [package])))
        found = sorted(folder.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{package} is not installed, or has no {pattern}")
        for path in found:
            yield path, path.parent.relative_to(folder.parent).as_posix()


def is_needed(place: str) -> bool:
    """Whether a file that PyInstaller found is used; `place` is its path in the packed program."""
    return not any(fnmatch(Path(place).as_posix(), pattern) for pattern in NOT_NEEDED)

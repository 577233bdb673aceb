"""The program's icon as a picture, for systems that take no drawing."""

from __future__ import annotations

import os
from pathlib import Path

ICON = Path(__file__).with_name("face-match.svg")
SIZE_PX = 512


def written_icon(folder: Path) -> Path:
    """Paint the icon into a PNG file in a folder; PyInstaller makes of it what the system wants."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(SIZE_PX, SIZE_PX, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    target = folder / "face-match.png"
    folder.mkdir(parents=True, exist_ok=True)
    if not image.save(str(target)):
        raise OSError(f"{target} cannot be written")
    return target

"""Choosing in which forms names are written, and whether into sidecars or into the photos."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from face_match.core.settings import Settings
from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet, text_lines
from face_match.gui.translation import marked, tr, translated
from face_match.gui.widgets.layouts import column_of
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.metadata.written_forms import Form, forms_of

WIDTH_PX = 600
FORMS = {
    Form.MWG: (
        marked("&Face regions"),
        marked("Names with their places (MWG): digiKam, Lightroom, Immich, PhotoPrism and others."),
    ),
    Form.MICROSOFT: (
        marked("Face regions of &Microsoft"),
        marked("Names with their places, for Windows Photo Gallery and programs that read its form alone."),
    ),
    Form.PERSONS: (
        marked("&List of people"),
        marked("Names without places (PersonInImage), for programs that know no regions."),
    ),
    Form.KEYWORDS: (
        marked("&Keywords"),
        marked("“People/Name” among the keywords, so that every program finds the photos."),
    ),
}
BESIDE = (
    marked("&Sidecars beside the photos"),
    marked("Names are written to XMP sidecars. The photos are not changed."),
)
INSIDE = (
    marked("Into the &photos"),
    marked("JPEG, PNG, WebP and TIFF files are rewritten, with the picture unchanged; others get a sidecar."),
)


class WriteNamesDialog(Sheet):
    """`chosen` has the forms and whether the names go into the photos; the settings remember both."""

    chosen = Signal(object, bool)

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        title = tr("Write names to photos and sidecars")
        super().__init__(parent, "writeNamesDialog", title, close_text=tr("Cancel"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        chosen = forms_of(settings.written_forms)
        self.forms = {form: QCheckBox(translated(text)) for form, (text, _) in FORMS.items()}
        self.beside, self.inside = QRadioButton(translated(BESIDE[0])), QRadioButton(translated(INSIDE[0]))
        self._choices = column_of(spacing=theme.GRID_PX)
        self._add_heading(tr("Forms"))
        for form, box in self.forms.items():
            box.setChecked(form in chosen)
            box.toggled.connect(self._refresh)
            self._add_choice(box, f"{form.value}Form", translated(FORMS[form][1]))
        self._add_heading(tr("Where"))
        self._add_choice(self.beside, "besidePhotos", translated(BESIDE[1]))
        self._add_choice(self.inside, "intoPhotos", translated(INSIDE[1]))
        self._choices.addStretch(1)
        self.column.addLayout(self._choices, 1)
        (self.inside if settings.names_into_files else self.beside).setChecked(True)
        self.accept_button = self.add_main(
            tr("&Choose folder …"), "writeNamesButton", tr("Choose the folder of the photos (Enter)")
        )
        self.buttons.accepted.connect(self.accept)
        self.accepted.connect(self._on_accepted)
        self.fit(WIDTH_PX)
        self._refresh()

    def _add_heading(self, text: str) -> None:
        heading = theme.set_type(WrappedLabel(text), bold=True)
        self._choices.addWidget(heading)

    def _add_choice(self, button: QAbstractButton, name: str, explanation: str) -> None:
        """A button with a line that says what it means."""
        button.setObjectName(name)
        button.setToolTip(explanation)
        button.setAccessibleDescription(explanation)
        line = theme.set_type(WrappedLabel(explanation), theme.CAPTION, faint=True)
        line.setIndent(theme.WIDE_MARGIN_PX)
        line.setMinimumHeight(text_lines(line, 1))  # without it, that of the narrowest dialog is kept free
        both = column_of(button, line, spacing=0)
        self._choices.addLayout(both)

    def _refresh(self) -> None:
        self.accept_button.setEnabled(any(box.isChecked() for box in self.forms.values()))

    def _on_accepted(self) -> None:
        forms = tuple(form for form, box in self.forms.items() if box.isChecked())
        self._settings.written_forms = [form.value for form in forms]
        self._settings.names_into_files = self.inside.isChecked()
        self._settings.save()
        self.chosen.emit(forms, self.inside.isChecked())

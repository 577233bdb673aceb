"""The models: using, adding, downloading and removing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from face_match.core.model_families import COLOURS, DETECTOR, FAMILIES, RANGES
from face_match.gui import theme
from face_match.gui.dialogs.questions import add_choice, question_box
from face_match.gui.dialogs.sheet import Sheet, form, text_lines
from face_match.gui.state.added_models import AddedModels, ModelDescription, ModelRow
from face_match.gui.translation import marked, number, tr, tr_count, translated
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.vision.models.added import PixelOptions

if TYPE_CHECKING:
    from face_match.gui.state.model_in_use import ModelInUse
    from face_match.vision.models.installation import ModelCandidate

SIZE_PX = (880, 600)
DIALOG_WIDTH_PX = 520
DETAIL_LINES = 5
COLUMNS = (marked("Model"), marked("What it does"), marked("Licence"), marked("Size"), marked("State"))
PURPOSE_COLUMN, LICENCE_COLUMN, SIZE_COLUMN = 1, 2, 3
FILES = marked("Networks (*.onnx)")
EXPLANATION = marked(
    "If you change the embedder, all faces of the gallery are embedded again. A new "
    "detector does not change known faces. The command line can measure which model is better "
    "for your photos."
)


class ModelsDialog(Sheet):
    """The table of models. The dialog stays open beside the main window."""

    def __init__(self, models: AddedModels, model_in_use: ModelInUse, parent: QWidget) -> None:
        super().__init__(parent, "modelsPage", tr("Models"), by_enter=False)
        self._models = models
        self._model_in_use = model_in_use
        self._rows: list[ModelRow] = []
        self.table = _table()
        self.details = theme.set_type(
            WrappedLabel("", "modelDetails", tr("Details of the selected model")), theme.CAPTION, faint=True
        )
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setMinimumHeight(text_lines(self.details, DETAIL_LINES))
        self.message = WrappedLabel("", "modelsMessage", tr("What happened"))
        self.add_button = self.add_other(
            tr("&Add …"), "addModelButton", tr("Add an ONNX file as a model (Alt+A)")
        )
        self.download_button = self.add_other(
            tr("&Download …"), "downloadModelButton", tr("Download the selected model (Alt+D)")
        )
        self.remove_button = self.add_other(
            tr("&Remove"),
            "removeModelButton",
            tr("Delete the file of the selected model (Alt+R). Its embeddings are kept"),
        )
        self.use_button = self.add_main(
            tr("&Use"),
            "useModelButton",
            tr("Switch to the selected model (Alt+U)"),
        )
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.column.addWidget(WrappedLabel(translated(EXPLANATION)))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.details)
        self.column.addWidget(self.message)
        self.fit(*SIZE_PX)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._refresh)
        self.use_button.clicked.connect(self._on_use)
        self.add_button.clicked.connect(self._on_add)
        self.download_button.clicked.connect(self._on_download)
        self.remove_button.clicked.connect(self._on_remove)
        models, model_in_use = self._models, self._model_in_use
        models.changed.connect(self.read)
        models.reported.connect(self.message.setText)
        model_in_use.changed.connect(lambda: self._on_switched(models.title_of(model_in_use.id)))
        model_in_use.detector_changed.connect(self._on_switched)

    def read(self) -> None:
        """Read the models again."""
        self._models.list(self._show)

    def add(self, path: Path) -> None:
        """Test a file, then ask for its licence and source."""
        self.message.setText(tr("Testing {name} …", name=path.name))
        self._models.examine(path, self._on_tested)

    def _show(self, rows: list[ModelRow]) -> None:
        chosen = self._selected_row()
        self._rows = rows
        self.table.setRowCount(len(rows))
        for index, row in enumerate(rows):
            cells = (
                row.title,
                row.does,
                row.licence,
                _megabytes(row.size_bytes),
                row.state,
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(shown(text))
                item.setToolTip(plain(text))
                if column == SIZE_COLUMN:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(index, column, item)
        wanted = (chosen.id, chosen.title) if chosen is not None else None
        names = [(row.id, row.title) for row in rows]
        if wanted in names:
            self.table.selectRow(names.index(wanted))
        elif rows:
            self.table.selectRow(next((n for n, row in enumerate(rows) if row.is_in_use), 0))
        self._refresh()

    def _selected_row(self) -> ModelRow | None:
        rows = self.table.selectionModel().selectedRows()
        return self._rows[rows[0].row()] if rows and rows[0].row() < len(self._rows) else None

    def _refresh(self) -> None:
        row = self._selected_row()
        self.details.setText(row.details if row is not None else "")
        self.use_button.setEnabled(row is not None and row.is_here and not row.is_in_use)
        self.download_button.setEnabled(row is not None and not row.is_here)
        self.remove_button.setEnabled(row is not None and row.is_added and not row.is_in_use)

    def _on_use(self) -> None:
        row = self._selected_row()
        if row is None:
            return
        self.message.setText(tr("Switching to {title} …", title=row.title))
        if row.kind == DETECTOR:
            self._model_in_use.use_detector(row.id, row.title)
        else:
            self._model_in_use.use(row.id)

    def _on_switched(self, title: str) -> None:
        self.message.setText(tr("{title} is in use.", title=title))
        self.read()

    def _on_add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Add a model"), str(Path.home()), translated(FILES))
        if chosen:
            self.add(Path(chosen))

    def _on_download(self) -> None:
        row = self._selected_row()
        if row is None:
            return

        def download() -> None:
            self.message.setText(tr("Downloading {title} …", title=row.title))
            if row.download_name:
                self._models.download(row.download_name)
            else:
                self._model_in_use.download(row.id, row.title)

        ask_to_download(self._models, row.download_name or row.id, row.title, download, self)

    def _on_remove(self) -> None:
        row = self._selected_row()
        if row is not None:
            self._models.remove(row.id)

    def _on_tested(self, candidate: ModelCandidate) -> None:
        self.message.setText("")
        dialog = LicenceDialog(candidate, self)
        dialog.accepted.connect(lambda: self._models.add(candidate, dialog.description))
        dialog.rejected.connect(lambda: self._models.discard(candidate))
        dialog.open()


def ask_to_download(
    models: AddedModels, name: str, title: str, download: Callable[[], None], parent: QWidget
) -> None:
    """Ask whether to download a model, showing its size and address. If so, call `download`.

    Args:
        name: the id of the model, or its name in the list of downloads.
    """
    source = models.source_of(name)
    if source is None:
        return
    question = question_box(
        parent,
        tr("Download {title}", title=title),
        tr("Download {title} ({size})?", title=title, size=_megabytes(source.size_bytes)),
        tr(
            "From: {url}\n\nThe server learns your IP address and which file you download. Nothing "
            "about your photos is sent.",
            url=source.url,
        ),
    )
    question.setObjectName("downloadQuestion")
    accept = add_choice(question, tr("&Download"), QMessageBox.ButtonRole.AcceptRole)
    accept.setObjectName("acceptDownloadButton")
    accept.clicked.connect(download)
    question.open()


class LicenceDialog(Sheet):
    """What a model file is, and fields for its name, licence and source."""

    def __init__(self, candidate: ModelCandidate, parent: QWidget) -> None:
        title = tr("Add {model}", model=shown(candidate.name))
        super().__init__(parent, "licenceDialog", title, close_text=tr("Cancel"), by_enter=False)
        from face_match.vision.models.downloadable import licence_of

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        licence, source = licence_of(candidate.sha256) or ("", "")
        self._title = _field("modelTitleEdit", tr("Name"), candidate.title, tr("The name in lists"))
        self._licence = _field("modelLicenceEdit", tr("Licence"), licence, tr("Shown with the model"))
        self._source = _field(
            "modelSourceEdit", tr("Source"), source, tr("A web address, or where you have it from")
        )
        self._range = _choice(
            "modelRangeCombo", tr("Pixels"), RANGES, tr("The pixel range that the network expects")
        )
        self._colour = _choice(
            "modelColourCombo", tr("Colours"), COLOURS, tr("The colour order that the network expects")
        )
        self.accept_button = self.add_main(
            tr("Add"), "acceptModelButton", tr("Add the file as a model (Enter)")
        )
        for text in _test_results(candidate):
            self.column.addWidget(WrappedLabel(text))
        self.column.addLayout(self._form(can_choose_pixels=bool(candidate.verdict.notes)))
        self.fit(DIALOG_WIDTH_PX)
        self.buttons.accepted.connect(self.accept)
        for edit in (self._title, self._licence, self._source):
            edit.textChanged.connect(self._refresh)
        self._licence.setFocus()
        self._refresh()

    def _form(self, *, can_choose_pixels: bool) -> QFormLayout:
        fields = form()
        fields.addRow(tr("&Name:"), self._title)
        fields.addRow(tr("&Licence:"), self._licence)
        fields.addRow(tr("&Source:"), self._source)
        if can_choose_pixels:
            fields.addRow(tr("&Pixels:"), self._range)
            fields.addRow(tr("&Colours:"), self._colour)
        return fields

    @property
    def description(self) -> ModelDescription:
        """What was entered."""
        wanted = PixelOptions(str(self._range.currentData()), str(self._colour.currentData()))
        return ModelDescription(self._title.text(), self._licence.text(), self._source.text(), wanted)

    def _refresh(self) -> None:
        self.accept_button.setEnabled(all(text.strip() for text in self.description[:3]))


def _test_results(candidate: ModelCandidate) -> list[str]:
    """What a model file is and how it was tested, in sentences."""
    verdict = candidate.verdict
    family, checks = FAMILIES[verdict.family], "; ".join(verdict.checks)
    if family.kind == DETECTOR:
        texts = [tr("{title}: detects faces. Tested: {checks}.", title=family.title, checks=checks)]
    else:
        texts = [
            tr(
                "{title}: embeds faces in {dimensions} dimensions. Tested: {checks}.",
                title=family.title,
                dimensions=verdict.dimensions,
                checks=checks,
            )
        ]
    if count := len(candidate.gallery_faces.people):
        texts.append(
            tr_count(
                "Also tested on {n} face of this gallery.", "Also tested on {n} faces of this gallery.", count
            )
        )
    licence = tr("Many models do not allow commercial use. Enter the licence and the source of this one.")
    return [*texts, *verdict.notes, licence]


def _megabytes(size_bytes: int) -> str:
    return tr("{number} MB", number=number(size_bytes / 1e6, 1))


def _choice(object_name: str, name: str, values: Iterable[str], tip: str) -> QComboBox:
    """A choice of values, or none of them."""
    choice = QComboBox()
    choice.setObjectName(object_name)
    choice.setAccessibleName(name)
    choice.setToolTip(tip)
    choice.addItem(tr("as tested"), "")
    for value in values:
        choice.addItem(value, value)
    return choice


def _table() -> QTableWidget:
    table = QTableWidget(0, len(COLUMNS))
    table.setObjectName("modelsTable")
    table.setAccessibleName(tr("Models"))
    table.setToolTip(tr("Models that are installed or available to download (↑ ↓)"))
    table.setHorizontalHeaderLabels([translated(title) for title in COLUMNS])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(True)  # licences are long, and read before a download
    table.setTextElideMode(Qt.TextElideMode.ElideNone)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for wrapped in (PURPOSE_COLUMN, LICENCE_COLUMN):
        header.setSectionResizeMode(wrapped, QHeaderView.ResizeMode.Stretch)
    return table


def _field(object_name: str, name: str, text: str, tip: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(object_name)
    field.setAccessibleName(name)
    field.setToolTip(tip)
    return field

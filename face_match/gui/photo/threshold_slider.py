"""The slider for the threshold: the score from which a face matches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from face_match.core.model_families import ThresholdRange
from face_match.decision.threshold import SLIDER_STEP
from face_match.gui import theme
from face_match.gui.phrases import threshold_text
from face_match.gui.translation import tr
from face_match.gui.widgets.layouts import Stretch, column_of, row_of

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Slider(QSlider):
    def event(self, event: QEvent) -> bool:
        """Take the arrow keys while it has the focus, before the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ARROWS
            and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone until the slider has the focus: it would be moved by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ThresholdSlider(QWidget):
    """A slider in steps of 0.005 with its value, and places for the curves and the error rates."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        title = theme.set_type(QLabel(tr("&Threshold")), bold=True)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setMinimumHeight(theme.SLIDER_HANDLE_PX + 4)  # else the handle is cut off
        self.slider.setObjectName("thresholdSlider")
        self.slider.setAccessibleName(tr("Threshold"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the mouse leaves the arrows to the matches
        self.slider.setPageStep(5)
        self.label = QLabel()
        self.label.setObjectName("thresholdLabel")
        self.label.setAccessibleName(tr("Threshold value"))
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.set_type(self.label, faint=True)
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance("0.000") + 6)
        title.setBuddy(self.slider)
        self._head = row_of(title, Stretch(), self.label, spacing=theme.GRID_PX)
        self._column = column_of(self._head, self.slider, on=self, margins=0, spacing=2)
        self.slider.valueChanged.connect(self._on_value_changed)

    def put_around(self, *, curves: QWidget, text: QWidget, reset: QWidget, choices: QWidget) -> None:
        """Put curves above the slider, as wide as it, a text below it, and buttons on both sides of its
        value."""
        self._head.insertWidget(2, reset)
        self._head.addWidget(choices)
        self._column.insertWidget(1, curves)
        self._column.addWidget(text)

    @property
    def value(self) -> float:
        """The threshold; it may lie between two steps of the slider."""
        return self._value

    def configure(self, limits: ThresholdRange, value: float) -> None:
        """Set the range of a model and the threshold, without emitting `moved`."""
        self.slider.setToolTip(
            tr(
                "Scores from here on are marked as matches (Alt+T, then ← →). The model’s default: {default}",
                default=threshold_text(limits.default),
            )
        )
        self._put(value, limits)

    def choose(self, value: float) -> None:
        """Move to a threshold, within the range."""
        self._put(min(self.slider.maximum() * SLIDER_STEP, max(self.slider.minimum() * SLIDER_STEP, value)))
        self.moved.emit(self.value)

    def _put(self, value: float, limits: ThresholdRange | None = None) -> None:
        self.slider.blockSignals(True)
        if limits is not None:
            self.slider.setRange(round(limits.lowest / SLIDER_STEP), round(limits.highest / SLIDER_STEP))
        self.slider.setValue(round(value / SLIDER_STEP))
        self.slider.blockSignals(False)
        self._show(round(value, 3))

    def _on_value_changed(self) -> None:
        self._show(round(self.slider.value() * SLIDER_STEP, 3))
        self.moved.emit(self.value)

    def _show(self, value: float) -> None:
        self._value = value
        self.label.setText(threshold_text(value))

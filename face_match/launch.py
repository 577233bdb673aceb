"""From the arguments of a start to what it asks for: a command, the window, or a child process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from face_match.core.installation import MODEL_SANDBOX, PHOTO_SANDBOX


def program_for(arguments: Sequence[str]) -> Callable[[], int]:
    """Import what the arguments ask for; returns the function that runs it and returns the exit status.

    Raises:
        ModuleNotFoundError: a package is not installed.
    """
    if [*arguments] == [MODEL_SANDBOX]:
        from face_match.core.sandbox.server import serve
        from face_match.vision.models.network_server import NetworkServer

        return lambda: serve(NetworkServer().answer)
    if [*arguments] == [PHOTO_SANDBOX]:
        from face_match.core.images.heif_server import decode_photos

        return decode_photos
    from face_match.cli import command_of
    from face_match.cli import main as run_command

    command = command_of(arguments)
    if command is not None:
        return lambda: run_command(command)
    from face_match.gui.start import open_window

    return lambda: open_window(arguments)

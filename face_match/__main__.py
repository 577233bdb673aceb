"""`python -m face_match …` is the same as `python app_faces.py …`."""

import sys

try:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # as there
except KeyboardInterrupt:
    sys.exit(130)

import runpy

from face_match.core.settings import default_gallery

runpy.run_path(str(default_gallery() / "app_faces.py"), run_name="__main__")

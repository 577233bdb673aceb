"""Decoders of HEIC that do harm: real processes, in which something else happens at a request."""

from __future__ import annotations

import subprocess

import pytest

from face_match.core.images import heif_image
from face_match.core.sandbox.client import SandboxPool

SCRIPT = """
import os, time
import face_match.core.images.heif_server as server
answer = server.answer
def changed(request):
    what, size = request.message["what"], len(request.arrays[0])
    message, arrays = answer(request)
    {code}
    return message, arrays
server.answer = changed
server.decode_photos()
"""
CRASH = "os.abort() if (what, size) == ('decode', {size}) else None"


def use_decoders(monkeypatch: pytest.MonkeyPatch, code: str, most: int = 1) -> SandboxPool:
    """Start decoders that run this code before they answer; returns their pool.

    Args:
        code: may use `what` and `size` (the request, and the bytes of the photo), and change `message` and
            `arrays`.
        most: processes.
    """
    real, script = subprocess.Popen, SCRIPT.format(code=code)
    monkeypatch.setattr(heif_image, "_decoders", SandboxPool(most))
    monkeypatch.setattr(subprocess, "Popen", lambda words, **more: real([words[0], "-c", script], **more))
    return heif_image._decoders

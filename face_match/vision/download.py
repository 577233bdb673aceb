"""A file fetched because a person asked: resumed, checked, never half-written.

pooch and huggingface_hub were looked at: the first does not resume, the second fetches from one hub.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import urllib.error
import urllib.request
from pathlib import Path

from face_match.errors import CancelledError, DownloadError
from face_match.types import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.vision.models import Download, model_info

CHUNK_BYTES = 1 << 16
TIMEOUT_S = 30
HTTP_RANGE_NOT_SATISFIABLE = 416
HTTP_PARTIAL_CONTENT = 206


def download_model(
    model_id: str,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Path:
    """Fetch a model's weights to where they are looked for.

    Args:
        on_progress: called with bytes done and bytes in all.
    Raises:
        DownloadError: no network, or not the right file; what has come is kept for the next try
            unless it is the wrong file.
        CancelledError: what has come is kept for the next try.
    """
    model = model_info(model_id)
    target = model.weights_file()
    if target.is_file() or model.download is None:
        return target
    fetch(model_id, model.download(), target, on_progress, is_cancelled)
    return target


def fetch(
    model_id: str,
    source: Download,
    target: Path,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> None:
    """`source` to `target`, by way of `target`.part, which a later call goes on with."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = _receive(source, part, on_progress, is_cancelled)
        if source.sha256 and digest != source.sha256:
            part.unlink()
            raise DownloadError(model_id, "what came is not the file that was expected")
        part.replace(target)
    except urllib.error.HTTPError as exc:
        exc.close()
        raise DownloadError(model_id, f"the server answered {exc.code}") from exc
    except urllib.error.URLError as exc:
        raise DownloadError(model_id, f"no connection ({_reason(exc)})") from exc
    except (http.client.HTTPException, ConnectionError, TimeoutError) as exc:
        raise DownloadError(model_id, "the connection broke off") from exc
    except OSError as exc:
        raise DownloadError(model_id, exc.strerror or str(exc)) from exc


def _reason(exc: urllib.error.URLError) -> str:
    reason = exc.reason
    return (reason.strerror if isinstance(reason, OSError) else None) or str(reason)


def _receive(
    source: Download,
    part: Path,
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> str:
    """Append to `part` until it is whole; returns the SHA-256 of all of it, in hex."""
    digest = hashlib.sha256()
    done = 0
    if part.is_file():
        with part.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        done = part.stat().st_size
        if source.sha256 and digest.hexdigest() == source.sha256:
            return source.sha256
    request = urllib.request.Request(source.url, headers={"Range": f"bytes={done}-"} if done else {})
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as exc:
        if exc.code != HTTP_RANGE_NOT_SATISFIABLE or not done:
            raise
        exc.close()
        part.unlink()  # there is more of it than the server has: begin again
        return _receive(source, part, on_progress, is_cancelled)
    with response:
        if response.status != HTTP_PARTIAL_CONTENT:
            done, digest = 0, hashlib.sha256()
        length = response.headers.get("Content-Length")
        total = done + int(length) if length else source.size_bytes
        with part.open("ab" if done else "wb") as file:
            while True:
                if is_cancelled():
                    raise CancelledError
                on_progress(done, total)
                chunk = response.read(CHUNK_BYTES)
                if not chunk:
                    break
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        if length and done < total:
            raise ConnectionError("cut off")
    return digest.hexdigest()

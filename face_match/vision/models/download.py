"""Downloads that the user started: resumable, verified, and never incomplete at their destination.

Alternatives considered: pooch does not resume, huggingface_hub downloads from one site only.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from face_match.core.atomic_files import make_folder, open_new_file
from face_match.core.errors import CancelledError, DownloadError
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.vision.models.registry import Download, model_info

CHUNK_BYTES = 1 << 16
TIMEOUT_S = 30
CANCEL_CHECK_S = 0.1
MAX_SIZE_FACTOR = 1.05
"""A download may exceed its approximate size by this factor. More means that it is another file."""

HTTP_RANGE_NOT_SATISFIABLE = 416
HTTP_PARTIAL_CONTENT = 206


def download_model(
    model_id: str,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Path:
    """Download a model's weights to their place.

    Args:
        on_progress: called with the bytes done and the bytes in all.
    Raises:
        DownloadError: no connection, or a wrong file. An incomplete file is kept for the next try, a wrong
            one is not.
        CancelledError: the incomplete file is kept for the next try.
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
    """Download to `target` by way of `target`.part, which a later call resumes."""
    part = target.with_name(target.name + ".part")
    try:
        make_folder(target.parent)
        digest = _download(source, part, on_progress, is_cancelled)
        if source.sha256 and digest != source.sha256:
            part.unlink()
            raise DownloadError(model_id, marked("the downloaded file is not the expected one"))
        part.replace(target)
    except _TooLongError as exc:
        part.unlink(missing_ok=True)
        raise DownloadError(
            model_id, marked("the server sent more than the file has, and the download was deleted")
        ) from exc
    except _InvalidAnswerError as exc:
        raise DownloadError(model_id, marked("the server’s answer is invalid")) from exc
    except urllib.error.HTTPError as exc:
        exc.close()
        raise DownloadError(model_id, f"the server answered {exc.code}") from exc
    except urllib.error.URLError as exc:
        raise DownloadError(model_id, f"no connection ({_reason(exc)})") from exc
    except (http.client.HTTPException, ConnectionError, TimeoutError) as exc:
        raise DownloadError(model_id, marked("the connection was interrupted")) from exc
    except OSError as exc:
        raise DownloadError(model_id, exc.strerror or str(exc)) from exc


def _reason(exc: urllib.error.URLError) -> str:
    reason = exc.reason
    return (reason.strerror if isinstance(reason, OSError) else None) or str(reason)


def _download(
    source: Download,
    part: Path,
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> str:
    """Append to `part` until it is complete; returns the SHA-256 of all of it, in hex."""
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
    transfer = _Transfer(request, is_cancelled)
    try:
        is_partial, length = transfer.head()
    except urllib.error.HTTPError as exc:
        if exc.code != HTTP_RANGE_NOT_SATISFIABLE or not done:
            raise
        exc.close()
        part.unlink()  # there is more of it than the server has: begin again
        return _download(source, part, on_progress, is_cancelled)
    with contextlib.closing(transfer):
        if not is_partial:
            done, digest = 0, hashlib.sha256()
        total = source.size_bytes if length is None else done + length
        with contextlib.suppress(FileExistsError):
            open_new_file(part).close()  # others must not be able to change it after the check
        with part.open("ab" if done else "wb") as file:
            on_progress(done, total)
            for chunk in transfer.chunks():
                done += len(chunk)
                if done > source.size_bytes * MAX_SIZE_FACTOR + CHUNK_BYTES:
                    raise _TooLongError
                file.write(chunk)
                digest.update(chunk)
                on_progress(done, total)
            file.flush()
            os.fsync(file.fileno())
        if length is not None and done < total:
            raise ConnectionError("cut off")
    return digest.hexdigest()


class _TooLongError(Exception):
    """The server sends more than the file's size."""


class _InvalidAnswerError(Exception):
    """The server's answer is not HTTP, or leads to an invalid address."""


class _ClosingRedirects(urllib.request.HTTPRedirectHandler):
    """Closes the connection also where the server leads to an invalid address."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(fp.close)
            response = super().http_error_302(req, fp, code, msg, headers)
            on_failure.pop_all()
        return response

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _Transfer(threading.Thread):
    """An HTTP request in a thread of its own, so that a slow or silent server does not block the caller.

    `head` and `chunks` return what it received, or raise its error, or CancelledError.
    """

    def __init__(self, request: urllib.request.Request, is_cancelled: IsCancelled) -> None:
        super().__init__(name="download", daemon=True)
        self._request = request
        self._is_cancelled = is_cancelled
        self._is_closed = False
        self._received: queue.Queue[tuple[bool, int | None] | bytes | Exception] = queue.Queue(maxsize=4)
        self.start()

    def head(self) -> tuple[bool, int | None]:
        """Whether the server sends only the rest of the file, and the number of bytes to come; None if
        unknown."""
        received = self._next()
        assert isinstance(received, tuple)
        return received

    def chunks(self) -> Iterator[bytes]:
        """The body, in chunks."""
        while received := self._next():
            assert isinstance(received, bytes)
            yield received

    def close(self) -> None:
        """Stop the thread."""
        self._is_closed = True

    def run(self) -> None:
        try:
            opener = urllib.request.build_opener(_ClosingRedirects)
            with opener.open(self._request, timeout=TIMEOUT_S) as response:
                length = response.headers.get("Content-Length", "")
                is_partial = response.status == HTTP_PARTIAL_CONTENT
                self._put((is_partial, int(length) if length.isdecimal() else None))
                while not self._is_closed and (chunk := response.read1(CHUNK_BYTES)):
                    self._put(chunk)
            self._put(b"")
        except ValueError as exc:  # of an address or a number in it
            self._put(_InvalidAnswerError(exc))
        except Exception as exc:  # noqa: BLE001 - it is raised where it is waited for
            self._put(exc)

    def _put(self, what: tuple[bool, int | None] | bytes | Exception) -> None:
        while not self._is_closed:
            with contextlib.suppress(queue.Full):
                self._received.put(what, timeout=CANCEL_CHECK_S)
                return

    def _next(self) -> tuple[bool, int | None] | bytes:
        while True:
            if self._is_cancelled():
                self.close()
                raise CancelledError
            with contextlib.suppress(queue.Empty):
                received = self._received.get(timeout=CANCEL_CHECK_S)
                if isinstance(received, Exception):
                    raise received
                return received

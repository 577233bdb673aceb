"""How many portraits a second a scan on one and two local Dask workers records, and what the writer takes.

python -m benchmarks.cluster_import [--photos N]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

import distributed

from benchmarks.importing import _portraits as portraits
from benchmarks.photo import hopper
from face_match.core.photo_folders import photo_files
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.cluster.reader import ClusterReader
from face_match.workflows.cluster.worker import PipelineSpec, faces_of
from face_match.workflows.photo_reading import PhotoReader, find_faces
from face_match.workflows.scan import scan

MODEL = "dlib"


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster_import", description=__doc__)
    parser.add_argument("--photos", type=int, default=200)
    count = parser.parse_args().photos
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    pipeline = FacePipeline.load(MODEL, threads=1)
    spec = PipelineSpec.of(MODEL, "onnx", "mtcnn", small_faces=False)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        photos = photo_files([portraits(hopper(), folder / "photos", count)])
        _writer(photos[:50], pipeline, spec, folder)
        print(f"here: {_rate(photos, pipeline, folder / 'here'):.1f} photos/s")
        for workers in (1, 2):
            with (
                distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
                ) as cluster,
                closing(ClusterReader(cluster.scheduler_address, spec)) as reader,
            ):
                rate = _rate(photos, pipeline, folder / str(workers), reader)
                print(f"workers: {workers}, {rate:.1f} photos/s", flush=True)


def _rate(
    photos: list[Path], pipeline: FacePipeline, place: Path, reader: PhotoReader | None = None
) -> float:
    began = time.perf_counter()
    with Gallery.open(place, for_writing=True) as gallery:
        result = scan(photos, gallery, pipeline, reader=reader)
    assert result.done == len(photos), result.stopped_by
    return len(photos) / (time.perf_counter() - began)


def _writer(photos: list[Path], pipeline: FacePipeline, spec: PipelineSpec, folder: Path) -> None:
    """What recording takes without reading: in wall-clock and in processor time; and the size of answers."""
    found = [(path, find_faces(path, None, pipeline)) for path in photos]
    with Gallery.open(folder / "written", for_writing=True) as gallery:
        began, used = time.perf_counter(), time.process_time()
        for path, (photo, faces) in found:
            gallery.record_photo(photo, path, scan=pipeline.scan_settings, faces=[*map(NewFace.of, faces)])
        wall, cpu = time.perf_counter() - began, time.process_time() - used
    print(f"writer: {1000 * wall / len(photos):.1f} ms a photo, {1000 * cpu / len(photos):.1f} of processor")
    reply = faces_of(spec, str(photos[0]), None)
    sizes = sum(len(face["crop"]["pixels"]) + len(face["embedding"]) for face in reply["faces"])
    files = [path.stat().st_size for path in (folder / "written").rglob("*") if path.is_file()]
    print(f"answer: {sizes / 1000:.0f} kB, in the gallery: {sum(files) / len(photos) / 1000:.0f} kB a photo")


if __name__ == "__main__":
    main()

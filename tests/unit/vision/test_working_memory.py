"""All networks share one arena of working memory, which is given back when they rest."""

from __future__ import annotations

import subprocess
import sys

import pytest

NETWORK = """
import numpy as np
from onnx import TensorProto, helper

from benchmarks.timing import resident_mb
from face_match.core.heap import return_freed_memory
from face_match.vision.onnx.sessions import Network, return_working_memory

def network():
    "Takes 64 MB while it runs."
    one, many = (helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n"]) for name in "xy")
    nodes = [("Neg", "x", "a"), ("Exp", "a", "b"), ("ReduceMax", "b", "y")]
    nodes = [helper.make_node(kind, [source], [result]) for kind, source, result in nodes]
    model = helper.make_model(
        helper.make_graph(nodes, "", [one], [many]), opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    )
    return Network(model.SerializeToString(), threads=1)

return_freed_memory()
"""

MEMORY_OF_FOUR = (
    NETWORK
    + """
networks, numbers = [network() for _ in range(4)], np.ones(16 << 20, np.float32)
networks[0](numbers[:1])  # the arena keeps its first block, which is small
return_working_memory()
before = resident_mb()
for one in networks:
    one(numbers)
print(resident_mb() - before)
return_working_memory()
print(resident_mb() - before)
"""
)

MEMORY_OF_MANY_SHAPES = (
    NETWORK
    + """
one = network()
for count in range(1, 12_000):
    one(np.ones(count, np.float32))
    if count == 2_000:
        return_working_memory()
        before = resident_mb()
return_working_memory()
print(resident_mb() - before)
"""
)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_networks_share_their_working_memory_and_give_it_back() -> None:
    run = subprocess.run([sys.executable, "-c", MEMORY_OF_FOUR], capture_output=True, text=True, check=True)
    taken, resting = map(float, run.stdout.split())
    assert 60 < taken < 200, "once for all four networks"
    assert resting < 20


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_is_kept_of_each_shape_that_a_network_has_run_with() -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEMORY_OF_MANY_SHAPES], capture_output=True, text=True, check=True
    )
    assert float(run.stdout) < 1.0, "10,000 shapes took 3 MB, with three nodes"

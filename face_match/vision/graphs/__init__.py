"""Built-in networks as ONNX graphs, made from the weights that other packages ship."""

DLIB_PX = 150
FACENET_PX = 160
"""Sides of the aligned faces that the networks take. (They are here so that importing them does not import
onnx.)"""

"""Networks written as ONNX graphs from the weights that other packages ship."""

DLIB_PX = 150
FACENET_PX = 160
"""Sides of the square crops that the networks take. (Here, so that knowing them does not import onnx.)"""

"""ONNX networks: sessions, inspection of untrusted files, input formats."""

"""Networks written as ONNX graphs from the weights that other packages ship."""

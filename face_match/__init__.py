"""Face Match: who in a local gallery is the face in this photo most like?"""

import os

# ONNX Runtime’s Linux and macOS wheels from 1.29 on send usage data to Microsoft unless this is set before
# they are loaded. Every process of the program imports this package first, and children inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

SANDBOX_ARGUMENT = "--sandbox-for-models"
"""What starts a program that was packed as one file as the process that runs a network from elsewhere."""

__version__ = "0.2.0.dev0"

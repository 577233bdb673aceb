"""Face Match: who in a local gallery is the face in this photo most like?"""

__version__ = "0.1.0"

"""Runs in the packed program before anything else, and lets it be at home on other kinds of Linux.

PyInstaller points LD_LIBRARY_PATH at the packed libraries, which the loader has read by now. A file
manager or a browser that inherits it would load ours instead of its own. And the packed OpenSSL looks
for certificates where the system that it was built on has them.
"""

import os
import sys

CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
)

if sys.platform == "linux":
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    found = [path for path in CERTIFICATES if os.path.exists(path)]  # noqa: PTH110 - pathlib takes time
    if found:
        os.environ.setdefault("SSL_CERT_FILE", found[0])

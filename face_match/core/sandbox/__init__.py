"""Sandbox: what is untrusted runs in processes of its own, which can be ended at any moment.

Networks that were added run in them (`vision/models/`), and the decoder of HEIC (`core/images/`).
"""

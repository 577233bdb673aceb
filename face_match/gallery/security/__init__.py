"""Jobs on a whole gallery: encrypting and decrypting it, unlocking it for changes, and purging people.

Single files are sealed and unsealed by `storage.vault`.
"""

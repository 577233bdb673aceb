"""The program as one file that needs no Python: what goes into it, its licences, and how it is built."""

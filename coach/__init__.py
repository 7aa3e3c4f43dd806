"""A reflection coach for the command line, for before and after your hardest conversations."""

__version__ = "0.2.0"

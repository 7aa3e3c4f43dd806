"""Sequence and answers -> the next question -> the log; no screen."""

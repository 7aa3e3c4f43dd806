"""YAML -> the questions of a sequence."""

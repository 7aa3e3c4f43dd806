"""YAML text -> values that know their lines."""

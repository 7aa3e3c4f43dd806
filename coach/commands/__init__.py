"""Commands that still move."""

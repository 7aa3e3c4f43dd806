"""Sessions <-> markdown files in a folder."""

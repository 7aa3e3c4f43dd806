"""Text -> what the coach hears in its wording."""

"""The commands: options in, one use case called, what comes of it printed."""

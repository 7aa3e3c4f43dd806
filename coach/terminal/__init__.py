"""Values -> what is seen, and what is typed; the only place that knows rich and prompt_toolkit."""

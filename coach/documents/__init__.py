"""Values -> a file to take along."""

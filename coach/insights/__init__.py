"""Many sessions -> what they tell; no screen."""

"""What a person can do, and how replies read."""

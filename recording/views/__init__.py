"""The owner's pages, and what is asked for there."""

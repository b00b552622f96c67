"""Pages and files of recordings."""

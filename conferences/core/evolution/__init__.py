"""What follows from every event: one module for every namespace."""

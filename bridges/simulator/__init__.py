"""A bridge that exists only in memory: to try the product without telephony, and for tests."""

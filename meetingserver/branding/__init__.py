"""How pages look and what they are called, for whom: brands are folders of text files (docs/branding.md)."""

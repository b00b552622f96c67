"""From a file that somebody uploaded to pictures of its pages. Knows no Django and no conference."""

"""The pages and what they ask for, over HTTP: a module for each kind of thing."""

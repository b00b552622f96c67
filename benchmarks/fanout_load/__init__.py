"""What `benchmarks/fanout.py` works with: a lean websocket client, and the peer."""

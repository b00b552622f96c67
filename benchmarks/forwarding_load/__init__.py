"""What `benchmarks/forwarding.py` measures with: a light WebRTC client, and the two servers it drives."""

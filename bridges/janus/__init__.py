"""Janus' AudioBridge: its rooms, and whoever is brought into them by plain RTP or WebRTC."""

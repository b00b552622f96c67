"""The embedded bridge: our server is the bridge. Phones come by SIP, from a trunk or directly."""

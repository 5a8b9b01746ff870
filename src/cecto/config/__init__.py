"""Settings, URLs and start-up checks: the only folder that knows all the others."""

"""The files the story produces, in the layouts that the imports read: rosters, schedule, Zoom reports, sign-in sheets."""

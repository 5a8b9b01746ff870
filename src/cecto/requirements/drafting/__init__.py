"""Definitions for their author to go on with: a first one from a dozen answers, and next year's from this year's."""

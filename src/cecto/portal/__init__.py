"""What a participant sees of their own program: pages that read across features and own no tables."""

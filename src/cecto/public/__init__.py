"""What everyone may see: pages that read across features and own no tables."""

"""What staff see of classes, people and decisions: pages that read across features and own no tables."""

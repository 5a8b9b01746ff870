"""What time is worth and where it may count: policy, make-ups, pools, values, caps, and exclusive sharing."""

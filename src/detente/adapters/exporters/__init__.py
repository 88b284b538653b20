"""What is told, in the formats of others."""

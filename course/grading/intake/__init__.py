"""What was handed in, from the exchange or an archive to notebooks that can be read."""

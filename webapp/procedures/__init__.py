"""What the procedures say: pure, without Flask, cloud, clock or environment."""

"""What the procedures say: questions, rules, timescales. Pure: no Flask, cloud, clock or environment."""

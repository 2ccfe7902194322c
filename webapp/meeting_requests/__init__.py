"""What the practitioner does: drafts, details, meeting requests, delivery. Ports, no adapters."""

"""FlightDesk's model service."""

"""Pages of types, statuses, priorities, services and their like."""

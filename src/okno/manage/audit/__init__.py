"""The audit log: who changed what in the configuration, and who came in (F226)."""

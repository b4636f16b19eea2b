"""Pure rules of the intake: subjects, authentication results, robots, blacklist patterns, digests."""

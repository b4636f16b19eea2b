"""What ``okno doctor`` looks at: each check says what is wrong and how to mend it."""

from okno.config.command.checkup.finding import Finding, examine

__all__ = ["Finding", "examine"]

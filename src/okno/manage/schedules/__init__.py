"""Pages of schedules: their week, the days that differ, holidays, calendar files, and a trial."""

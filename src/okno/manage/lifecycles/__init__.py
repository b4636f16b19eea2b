"""Pages of lifecycles: their list, and the form in which one is drawn and written."""

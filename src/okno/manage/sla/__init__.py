"""SLA rules: their list in order, the form of one, a trial of all, and the job that lays them over tickets."""

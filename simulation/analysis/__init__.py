"""What the runs of a study say: which factors decide, what each does, where a policy backfires."""

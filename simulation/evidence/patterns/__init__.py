"""Virtual studies: each measures in a simulated population the statistic that a published study measured in people."""

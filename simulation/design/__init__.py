"""What a budget should buy: the levers of a policy searched, on common people and luck."""

"""The field year (模拟外勤年): many tablets, the whole office and a misbehaving world, by one seed."""

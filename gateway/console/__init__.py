"""The office in a browser (控制台): pages behind the gateway's door."""

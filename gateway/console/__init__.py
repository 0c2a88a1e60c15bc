"""The office in a browser (控制台): pages made on the server, from the same /v1 API as everybody's."""

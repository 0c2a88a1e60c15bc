"""Files by tus 1.0: bytes on their way, resumed after a cut, hashed when whole."""

"""Deliveries (送达办公室的信件): a tablet's letters, each applied once, each answered by a receipt."""

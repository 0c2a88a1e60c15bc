"""The schemas of the three services, as steps that can be taken on a running system."""

"""Speed, each as a ratio to the raw limit measured in the same run (`make bench`)."""

"""What documents of the site still owe (现场文书的后续手续): followed until the head has answered."""

"""Who signs in and how: passwords, lock-out, second factor, the posts that give rights and their approval."""

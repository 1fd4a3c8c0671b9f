"""What people see of steps 1 and 2: documents and ledgers, a line and its life, what is due, what citizens see."""

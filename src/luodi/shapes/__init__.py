"""What every department keeps, once each: projects, cases, registers, observations."""

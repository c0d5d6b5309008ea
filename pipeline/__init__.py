"""Second floor: from paper to reader. Stages, engines, executors, the archive and what leaves it."""

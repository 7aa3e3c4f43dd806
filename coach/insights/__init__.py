"""Looking back: what sessions tell together. Named tuples: a program that starts makes a dataclass in ten times that time."""

"""The data model: what the YAML may hold (`form`), and what each stage hands on (the rest)."""

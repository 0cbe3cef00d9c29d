"""All choices of an experiment as one frozen value; its URL; its exports."""

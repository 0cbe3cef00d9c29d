"""The stage: one component that plays a run in the browser."""

"""ISO Open Data (https://www.iso.org/open-data.html): committees, deliverables, and the ICS."""

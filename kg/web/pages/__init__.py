"""The pages for people: HTML that is whole without scripts, in English and Chinese."""

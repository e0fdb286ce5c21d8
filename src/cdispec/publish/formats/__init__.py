"""The forms a document takes: each writes the pieces of the tree, and a template puts them on a page."""

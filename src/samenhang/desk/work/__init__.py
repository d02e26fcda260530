"""My work: the kinds of work there are, each told by the area that brings it, and how they are gathered."""

"""Everything that is served as files, so that a plain web server carries any number of readers."""

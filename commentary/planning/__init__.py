"""From a story and its facts to the claims a document makes, in order."""

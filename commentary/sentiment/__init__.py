"""The sentiment label: what it is by the rules of data/sentiment.toml, and what would turn it."""

from commentary.sentiment.reading import SentimentReading, parameters, read_sentiment, wording

__all__ = ["SentimentReading", "parameters", "read_sentiment", "wording"]

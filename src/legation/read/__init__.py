"""Text -> Reading: blocks, sentences, words, and what the language model says of them."""

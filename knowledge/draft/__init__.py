"""A first knowledge file from an article, for an editor to finish. Rules and word lists, no model, no network."""

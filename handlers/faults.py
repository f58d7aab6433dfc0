"""What can be wrong with what the bot keeps.

Answers for the one exception that says so. Opens nothing, so that nobody who only catches it needs a database.
"""


class DataError(Exception):
    """What is kept cannot be read or written; the message names the file."""

// A file that imports this module also sees the vocabulary, which both halves share.
@_exported import Vocabulary

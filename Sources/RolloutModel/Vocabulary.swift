// Whoever imports this module reads and writes its words, which both halves share.
@_exported import Vocabulary

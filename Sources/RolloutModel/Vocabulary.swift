// Importers of this module read and write its vocabulary, which both halves share.
@_exported import Vocabulary

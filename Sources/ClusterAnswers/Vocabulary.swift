// Importers of this module read and write words that both halves share.
@_exported import Vocabulary

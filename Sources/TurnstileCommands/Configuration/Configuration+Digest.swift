import Digest
import Foundation

extension Configuration {
    /// Stands for everything in it, in hexadecimal: a journal keeps it, so that a resume notices another configuration.
    var digest: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return SHA256.hexDigest([UInt8](try encoder.encode(self)))
        }
    }
}

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file with all that a restore must bring back: exact bytes, mode and owner.
public struct FileCopy: Hashable, Sendable {
    public var bytes: [UInt8]
    /// The permission bits, `0o644`.
    public var mode: UInt32
    public var userID: UInt32
    public var groupID: UInt32

    public init(bytes: [UInt8], mode: UInt32, userID: UInt32 = 0, groupID: UInt32 = 0) {
        self.bytes = bytes
        self.mode = mode
        self.userID = userID
        self.groupID = groupID
    }
}

/// The bytes as base64 text: they need not be UTF-8.
extension FileCopy: Codable {
    private enum Field: String, CodingKey { case base64, mode, userID, groupID }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        guard let data = Data(base64Encoded: try fields.decode(String.self, forKey: .base64)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .base64, in: fields, debugDescription: "not base64")
        }
        bytes = Array(data)
        mode = try fields.decode(UInt32.self, forKey: .mode)
        userID = try fields.decode(UInt32.self, forKey: .userID)
        groupID = try fields.decode(UInt32.self, forKey: .groupID)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(Data(bytes).base64EncodedString(), forKey: .base64)
        try fields.encode(mode, forKey: .mode)
        try fields.encode(userID, forKey: .userID)
        try fields.encode(groupID, forKey: .groupID)
    }
}

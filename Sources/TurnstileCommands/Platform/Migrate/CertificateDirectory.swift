import Coordinator
import Foundation
import RolloutModel

/// Certificates in a directory of the operator's: `NAME.crt` and `NAME.key`.
enum CertificateDirectory {
    /// The certificate and its key go to curl through one pipe.
    private static let bytesMax = 24 << 10

    /// - Parameter path: the directory; nil where no certificate is carried.
    static func source(_ path: String?) -> CertificateSource {
        guard let path else { return .none }
        return CertificateSource(
            names: { () throws(MigrationHold) in names(in: path) },
            read: { name throws(MigrationHold) in
                .init(
                    certificate: try text(name, "\(path)/\(name).crt"),
                    key: try text(name, "\(path)/\(name).key"))
            })
    }

    private static func names(in path: String) -> Set<DomainName> {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return Set(
            files.filter { $0.hasSuffix(".crt") }.compactMap { DomainName($0.dropLast(".crt".count)) })
    }

    private static func text(_ name: DomainName, _ path: String) throws(MigrationHold) -> String {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: bytesMax + 1), !data.isEmpty
        else { throw .certificateUnreadable(name, why: "'\(path)' cannot be read") }
        guard data.count <= bytesMax else {
            throw .certificateUnreadable(name, why: "'\(path)' has more than \(bytesMax >> 10) KiB")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

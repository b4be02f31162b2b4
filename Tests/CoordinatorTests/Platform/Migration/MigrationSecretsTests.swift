import RolloutModel
import Testing

@testable import Coordinator
@testable import PracticeHost

/// Certificates and keys, which have other ways than an application's settings.
@Suite struct MigrationSecretsTests {
    private static let source = CertificateSource(
        names: { Set(["www.shop.org", "other.org"].compactMap { DomainName($0) }) },
        read: { _ in .init(certificate: "-----BEGIN CERTIFICATE-----\n", key: "s3cret\nkey") })

    /// Only a certificate of one of its domains goes with an application, once.
    @Test func aCertificateGoesWithItsDomain() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop", domains: ["www.shop.org", "shop.org"])
        #expect(try await trial.run(port: try trial.port(certificates: Self.source)) == nil)
        let carried = trial.clusters.new.document.certificates
        #expect(carried.map(\.name) == ["www.shop.org"] && carried.map(\.key) == ["s3cret\nkey"])
        #expect(!trial.disk.text.contains("s3cret"))
        #expect(!"\(CertificateSource.Pair(certificate: "c", key: "s3cret"))".contains("s3cret"))
    }

    @Test func aCertificateThatCannotBeReadHoldsItsApplication() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop", domains: ["www.shop.org"])
        let source = CertificateSource(
            names: Self.source.names,
            read: { name throws(MigrationHold) in throw .certificateUnreadable(name, why: "no file") })
        #expect(try await trial.run(port: try trial.port(certificates: source)) == nil)
        let says = try await trial.holds("shop").map(\.says)
        #expect(says.contains { $0.contains("the certificate of www.shop.org cannot be read: no file") })
    }

    /// A refusal is kept in the record, and shown.
    @Test func aSettingThatTheControllerRepeatsIsNotKept() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop", values: ["KEY": "s3cret", "N": "1"])
        trial.clusters.new.refuse("apps/shop/config/", 400, #"{"values": ["'s3cret' of 1 is no value"]}"#)
        #expect(try await trial.run() == nil)
        let says = try await trial.holds("shop").map(\.says)
        #expect(says.contains { $0.hasSuffix("answered 400: values: '…' of 1 is no value") }, "\(says)")
        #expect(!trial.disk.text.contains("s3cret"))
    }

    @Test func aUserCarriesTheirOwnKeysOnce() async throws {
        let trial = MigrationTrial(StandInClusters())
        for id in ["laptop", "desk"] {
            trial.clusters.old.send("POST", "keys/", ["id": id, "public": "ssh-ed25519 \(id)"])
        }
        let keys = UserKeys(old: try trial.controller(.old), new: try trial.controller(.new))
        let first = try await keys.carry()
        #expect(first.map(\.id) == ["desk", "laptop"] && first.map(\.refusal) == [nil, nil])
        let second = try await keys.carry()
        #expect(second.map(\.wasThere) == [true, true])
        #expect(trial.clusters.new.document.keys.count == 2)
    }
}

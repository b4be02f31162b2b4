/// A server's answer to the wish for a certificate.
enum CertificateAnswer {
    /// The server has none.
    case none
    /// As it came, not checked in any way.
    case shown([UInt8])
}

extension Session {
    private static let version = Array("SSH-2.0-turnstile\r\n".utf8)

    /// Asks the host for its certificate, on a connection of its own that ends there: libssh2 knows no certificates of
    /// hosts.
    ///
    /// - Parameter algorithms: those that certificates are wanted for, best first.
    func certificate(_ algorithms: [String]) async throws(SSHError) -> CertificateAnswer {
        guard !algorithms.isEmpty else { return .none }
        let session = Session(route, loop: loop, logger: logger)
        do throws(SSHError) {
            try await session.connect()
            let answer = try await session.ask(for: algorithms)
            await session.tearDown()
            return answer
        } catch {
            await session.tearDown()
            throw error
        }
    }

    private func ask(for algorithms: [String]) async throws(SSHError) -> CertificateAnswer {
        do throws(SSHError) {
            return try await exchange(algorithms)
        } catch {
            throw namingWhoIsAsked(namingWhatIsNotSSH(error))
        }
    }

    private func exchange(_ algorithms: [String]) async throws(SSHError) -> CertificateAnswer {
        let patience = Patience(.fetchCertificate, for: timeouts.handshake, until: timeouts.deadline)
        var packets = PlainPackets()
        send(Self.version)
        return try await repeatedly(patience) { _ throws(SSHError) in
            guard let transport else { return nil }
            do throws(PlainPackets.Broken) {
                while case let bytes = receive(from: transport), !bytes.isEmpty { try packets.append(bytes) }
                guard !transport.greeting.isHopeless else { throw PlainPackets.Broken() }
            } catch {
                throw failure(.fetchCertificate, .protocolFailure)
            }
            return try answer(in: &packets, algorithms, transport)
        }
    }

    /// - Returns: nil while there is none.
    private func answer(
        in packets: inout PlainPackets, _ algorithms: [String], _ transport: Transport
    ) throws(SSHError) -> CertificateAnswer? {
        while let packet = try nextPacket(in: &packets), let kind = packet.first {
            var reader = WireReader(packet.dropFirst())
            switch kind {
            // SSH_MSG_IGNORE, SSH_MSG_UNIMPLEMENTED and SSH_MSG_DEBUG.
            case 2...4: continue
            case CertificateRequest.keyExchangeInit:
                do throws(CertificateRequest.Unsendable) {
                    send(try CertificateRequest(algorithms, from: transport.offer.lists).bytes)
                } catch {
                    guard case .noKeyExchange(let found) = error else { return CertificateAnswer.none }
                    throw failure(.fetchCertificate, .noCommonAlgorithm([found]))
                }
            case CertificateRequest.reply:
                guard let shown = reader.string() else { throw failure(.fetchCertificate, .protocolFailure) }
                return .shown(shown)
            default: throw failure(.fetchCertificate, .protocolFailure)
            }
        }
        return nil
    }

    private func nextPacket(in packets: inout PlainPackets) throws(SSHError) -> [UInt8]? {
        do throws(PlainPackets.Broken) {
            return try packets.next()
        } catch {
            throw failure(.fetchCertificate, .protocolFailure)
        }
    }

    private func send(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = transport?.send($0) }
    }

    private func receive(from transport: Transport) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            count = max(0, transport.receive(UnsafeMutableRawBufferPointer(buffer)))
        }
    }
}

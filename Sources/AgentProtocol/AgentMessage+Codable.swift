extension AgentMessage: Codable {
    private enum Kind: String, CodingKey, CaseIterable {
        case hello, progress, report, staged, nothingOffered, offerDiffers, rebooting, rebooted, committed
        case prefetched, prefetchDoubted, abandoned, claimed, released, refused, failed
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        guard let kind = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not exactly one known message"))
        }
        switch kind {
        case .hello: self = .hello(try container.decode(AgentHello.self, forKey: kind))
        case .progress: self = .progress(try container.decode(StepProgress.self, forKey: kind))
        case .report: self = .report(try container.decode(HostReport.self, forKey: kind))
        case .staged: self = .staged(try container.decode(StagedUpdate.self, forKey: kind))
        case .prefetched: self = .prefetched(try container.decode(PrefetchedUpdate.self, forKey: kind))
        case .prefetchDoubted:
            self = .prefetchDoubted(try container.decode(PrefetchDoubted.self, forKey: kind))
        case .nothingOffered: self = .nothingOffered(try container.decode(NothingOffered.self, forKey: kind))
        case .offerDiffers: self = .offerDiffers(try container.decode(OfferDiffers.self, forKey: kind))
        case .rebooting: self = .rebooting(try container.decode(BootMark.self, forKey: kind))
        case .rebooted: self = .rebooted(try container.decode(BootMark.self, forKey: kind))
        case .committed: self = .committed(try container.decode(CommitProof.self, forKey: kind))
        case .abandoned: self = .abandoned(try container.decode(AbandonedHost.self, forKey: kind))
        case .claimed: self = .claimed(try container.decode(Claim.self, forKey: kind))
        case .released: self = .released(try container.decode(Authority.self, forKey: kind))
        case .refused: self = .refused(try container.decode(Refusal.self, forKey: kind))
        case .failed: self = .failed(try container.decode(StepFailure.self, forKey: kind))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .hello(let payload): try container.encode(payload, forKey: .hello)
        case .progress(let payload): try container.encode(payload, forKey: .progress)
        case .report(let payload): try container.encode(payload, forKey: .report)
        case .staged(let payload): try container.encode(payload, forKey: .staged)
        case .prefetched(let payload): try container.encode(payload, forKey: .prefetched)
        case .prefetchDoubted(let payload): try container.encode(payload, forKey: .prefetchDoubted)
        case .nothingOffered(let payload): try container.encode(payload, forKey: .nothingOffered)
        case .offerDiffers(let payload): try container.encode(payload, forKey: .offerDiffers)
        case .rebooting(let payload): try container.encode(payload, forKey: .rebooting)
        case .rebooted(let payload): try container.encode(payload, forKey: .rebooted)
        case .committed(let payload): try container.encode(payload, forKey: .committed)
        case .abandoned(let payload): try container.encode(payload, forKey: .abandoned)
        case .claimed(let payload): try container.encode(payload, forKey: .claimed)
        case .released(let payload): try container.encode(payload, forKey: .released)
        case .refused(let payload): try container.encode(payload, forKey: .refused)
        case .failed(let payload): try container.encode(payload, forKey: .failed)
        }
    }
}

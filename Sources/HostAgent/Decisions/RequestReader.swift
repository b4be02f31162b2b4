import AgentProtocol

/// Reads a request strictly: what comes over the wire is not trusted with more than it must be.
enum RequestReader {
    static func read<Request: ValidatedRequest>(_ type: Request.Type, line: [UInt8]) throws(StepStop)
        -> Request
    {
        let version = try decode(VersionProbe.self, line).protocolVersion
        guard version == ProtocolVersion.current else {
            throw .refused(
                .protocolUnsupported,
                "the request speaks protocol \(version), this turnstile-agent (\(Agent.version)) speaks "
                    + "\(ProtocolVersion.current): bring both to the same version with `turnstile install`")
        }
        let request = try decode(type, line)
        if let complaint = request.complaint {
            throw .refused(.malformedRequest, "cannot take the request: \(complaint)")
        }
        return request
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ line: [UInt8]) throws(StepStop)
        -> Value
    {
        do {
            return try Wire.decode(type, line: line)
        } catch {
            throw .refused(.malformedRequest, "cannot read the request: \(error)")
        }
    }

    private struct VersionProbe: Decodable { var protocolVersion: Int }
}

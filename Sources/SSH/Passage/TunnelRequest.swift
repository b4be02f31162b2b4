/// The part of a channel request that names where the channel is to lead (RFC 4254, 7.2).
struct TunnelRequest {
    var host: String
    var port: UInt16

    var bytes: [UInt8] {
        var writer = WireWriter()
        writer.string(Array(host.utf8))
        writer.uint32(Int(port))
        // The originator: nobody connected to us.
        writer.string(Array("127.0.0.1".utf8))
        writer.uint32(0)
        return writer.bytes
    }
}

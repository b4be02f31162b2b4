import CLibSSH2
import Glibc

extension Transport {
    /// A libssh2 session that talks through this transport, which must outlive it.
    func makeLibrarySession() -> OpaquePointer? {
        // Zeroed and bounded: libssh2 1.10 takes the length of a signal's name from the server, up to 4 GiB,
        // and may leave the memory as it was.
        let allocate:
            @convention(c) (Int, UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> UnsafeMutableRawPointer? =
                {
                    count, _ in count <= 16 << 20 ? calloc(1, max(count, 1)) : nil
                }
        let release:
            @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> Void =
                {
                    pointer, _ in free(pointer)
                }
        let reallocate:
            @convention(c) (
                UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
            ) -> UnsafeMutableRawPointer? = { pointer, count, _ in
                count <= 16 << 20 ? realloc(pointer, max(count, 1)) : nil
            }

        guard
            let library = libssh2_session_init_ex(
                allocate, release, reallocate, Unmanaged.passUnretained(self).toOpaque())
        else { return nil }
        libssh2_session_set_blocking(library, 0)
        let send:
            @convention(c) (
                Int32, UnsafeRawPointer?, Int, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
            ) -> Int = { _, bytes, count, _, owner in
                Transport.of(owner)?.send(UnsafeRawBufferPointer(start: bytes, count: count)) ?? -Int(
                    ECONNRESET)
            }
        let receive:
            @convention(c) (
                Int32, UnsafeMutableRawPointer?, Int, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
            ) -> Int = { _, buffer, count, _, owner in
                Transport.of(owner)?.receive(UnsafeMutableRawBufferPointer(start: buffer, count: count))
                    ?? -Int(ECONNRESET)
            }
        let disconnect:
            @convention(c) (
                OpaquePointer?, Int32, UnsafePointer<CChar>?, Int32, UnsafePointer<CChar>?, Int32,
                UnsafeMutablePointer<UnsafeMutableRawPointer?>?
            ) -> Void = { _, _, message, count, _, _, owner in
                guard let message, count > 0 else { return }
                Transport.of(owner)?.bid(farewell: Transport.text(message, count: min(Int(count), 300)))
            }
        _ = libssh2_session_callback_set(
            library, LIBSSH2_CALLBACK_SEND, unsafeBitCast(send, to: UnsafeMutableRawPointer.self))
        _ = libssh2_session_callback_set(
            library, LIBSSH2_CALLBACK_RECV, unsafeBitCast(receive, to: UnsafeMutableRawPointer.self))
        _ = libssh2_session_callback_set(
            library, LIBSSH2_CALLBACK_DISCONNECT, unsafeBitCast(disconnect, to: UnsafeMutableRawPointer.self))
        return library
    }

    static func of(_ owner: UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> Transport? {
        owner?.pointee.map { Unmanaged<Transport>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A host's words, made safe to print.
    static func text(_ bytes: UnsafePointer<CChar>, count: Int) -> String {
        text(UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) })
    }

    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(String(decoding: bytes, as: UTF8.self).map { $0.isASCII && !$0.isPrintable ? "?" : $0 })
    }
}

extension Character {
    fileprivate var isPrintable: Bool { asciiValue.map { (32...126).contains($0) } ?? true }
}

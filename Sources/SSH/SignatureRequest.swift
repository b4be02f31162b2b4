import CLibSSH2
import Glibc
import Synchronization

/// Lets libssh2 wait for a signature that is made elsewhere.
final class SignatureRequest: Sendable {
    enum State: Sendable {
        case notAsked
        /// The server wants the key; this is to be signed.
        case pending([UInt8])
        case signed([UInt8])
        /// The key itself is here.
        case holds(SigningKey)
        /// Why there will be no signature.
        case refused(String)
    }
    private let mutex: Mutex<State>

    init(_ state: State = .notAsked) { mutex = Mutex(state) }

    var state: State {
        get { mutex.withLock { $0 } }
        set { mutex.withLock { $0 = newValue } }
    }

    var message: [UInt8]? { if case .pending(let message) = state { message } else { nil } }

    /// One step of logging in with a key.
    func authenticate(_ library: OpaquePointer, user: String, with key: HostKey) -> Int32 {
        var owner: UnsafeMutableRawPointer? = Unmanaged.passUnretained(self).toOpaque()
        return libssh2_userauth_publickey(
            library, user, key.blob, key.blob.count,
            { _, signature, count, bytes, length, owner in
                guard let owner = owner?.pointee, let signature, let count else { return -1 }
                let request = Unmanaged<SignatureRequest>.fromOpaque(owner).takeUnretainedValue()
                return request.sign(UnsafeBufferPointer(start: bytes, count: length), signature, count)
            }, &owner)
    }

    private func sign(
        _ message: UnsafeBufferPointer<UInt8>,
        _ signature: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
        _ count: UnsafeMutablePointer<Int>
    ) -> Int32 {
        switch state {
        case .notAsked, .pending:
            state = .pending(Array(message))
            return LIBSSH2_ERROR_EAGAIN
        case .refused: return -1
        case .holds(let key): return key.signature(of: message).map { give($0, signature, count) } ?? -1
        case .signed(let bytes): return give(bytes, signature, count)
        }
    }

    private func give(
        _ bytes: [UInt8], _ signature: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
        _ count: UnsafeMutablePointer<Int>
    ) -> Int32 {
        // libssh2 frees it with this session's allocator, which is the system's.
        guard let copy = malloc(max(bytes.count, 1)) else { return -1 }
        copy.copyMemory(from: bytes, byteCount: bytes.count)
        signature.pointee = copy.assumingMemoryBound(to: UInt8.self)
        count.pointee = bytes.count
        return 0
    }
}

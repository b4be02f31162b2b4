import CLibSSH2
import Glibc
import Synchronization

/// Lets libssh2 wait for a signature that is made elsewhere.
final class SignatureRequest: Sendable {
    enum State: Sendable {
        case notAsked
        /// The server wants the key; this is to be signed.
        case pending(LoginMessage)
        case signed([UInt8])
        /// The key itself is here.
        case holds(SigningKey)
        /// Why there will be no signature.
        case refused(String)
    }
    private let offer: KeyOffer
    private let mutex: Mutex<State>

    init(_ offer: KeyOffer, _ state: State = .notAsked) {
        self.offer = offer
        mutex = Mutex(state)
    }

    var state: State {
        get { mutex.withLock { $0 } }
        set { mutex.withLock { $0 = newValue } }
    }

    var message: LoginMessage? { if case .pending(let message) = state { message } else { nil } }

    /// A step of logging in with the key.
    func authenticate(_ library: OpaquePointer, user: String) -> Int32 {
        var owner: UnsafeMutableRawPointer? = Unmanaged.passUnretained(self).toOpaque()
        return libssh2_userauth_publickey(
            library, user, offer.blob, offer.blob.count,
            { _, signature, count, bytes, length, owner in
                guard let owner = owner?.pointee, let signature, let count else { return -1 }
                let request = Unmanaged<SignatureRequest>.fromOpaque(owner).takeUnretainedValue()
                return request.sign(Array(UnsafeBufferPointer(start: bytes, count: length)), signature, count)
            }, &owner)
    }

    private func sign(
        _ bytes: [UInt8], _ signature: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
        _ count: UnsafeMutablePointer<Int>
    ) -> Int32 {
        if case .refused = state { return -1 }
        guard let message = LoginMessage(bytes), offer.signatures.contains(message.algorithm) else {
            state = .refused(Self.algorithmRefusal(LoginMessage(bytes)?.algorithm))
            return -1
        }
        switch state {
        case .notAsked, .pending:
            state = .pending(message)
            return LIBSSH2_ERROR_EAGAIN
        case .refused: return -1
        case .holds(let key):
            return key.signature(of: message.bytes, algorithm: message.algorithm).map {
                give($0, signature, count)
            }
                ?? -1
        case .signed(let bytes): return give(bytes, signature, count)
        }
    }

    private static func algorithmRefusal(_ name: String?) -> String {
        "the server has it sign by '\(name ?? "")' alone, which the ssh configuration does not allow"
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

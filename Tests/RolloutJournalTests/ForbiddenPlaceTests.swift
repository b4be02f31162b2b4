import Foundation
import RolloutModel
import SystemPackage
import Testing

@testable import RolloutJournal

/// A journal that this user may not reach is whole, for all that is known: nobody is told to move it away.
@Suite struct ForbiddenPlaceTests {
    private static let bob = ForbiddenPlace.Owner(name: "bob", isOurs: false)
    private static let ours = ForbiddenPlace.Owner(name: "ann", isOurs: true)

    static let descriptions: [(ForbiddenPlace.Act, ForbiddenPlace.Owner?, String)] = [
        (
            .read, bob,
            "permission denied: '/j/r 1' belongs to user 'bob', and you may not read it. Run this as the user who began it"
        ),
        (
            .read, nil,
            "permission denied: you may not read '/j/r 1'. Run this as the user who began it"
        ),
        (
            .write, bob,
            """
            permission denied: '/j/r 1' belongs to user 'bob', and you may not write it. Nothing more was done. Run this as \
            the user who began it
            """
        ),
        (
            .write, ours,
            """
            permission denied: '/j/r 1' is yours, and its mode lets nobody write it. Nothing more was done. Give yourself \
            the right: chmod u+rw '/j/r 1'
            """
        ),
        (
            .list, bob,
            """
            permission denied: the journals in '/j/r 1' cannot be listed: the directory belongs to user 'bob'. Run this as \
            the user whose rollouts they are, or name another directory: --journal, or 'journal' in turnstile.yaml
            """
        ),
        (
            .make, nil,
            """
            permission denied: '/j/r 1' cannot be made. Give yourself the right to write there, or name another directory: \
            --journal, or 'journal' in turnstile.yaml
            """
        ),
    ]

    @Test(arguments: descriptions)
    func whoseItIsIsNamed(act: ForbiddenPlace.Act, owner: ForbiddenPlace.Owner?, words: String) {
        let error = JournalError.forbidden(ForbiddenPlace(path: "/j/r 1", act: act, owner: owner))
        #expect(error.description == words && error.isForbidden)
        #expect(!words.contains("--from-hosts") && !words.contains("move"))
    }

    @Test(arguments: [
        (Errno.permissionDenied, true), (.notPermitted, true), (.noSuchFileOrDirectory, false),
        (.ioError, false), (.noSpace, false),
    ])
    func onlyRightsForbid(error: Errno, isForbidden: Bool) {
        let place = ForbiddenPlace("/nowhere/r-1.jsonl", .read, after: error)
        #expect((place != nil) == isForbidden)
    }

    /// The file, or the directory that is nearest to a file that is not there.
    @Test func theOwnerIsThatOfTheNearest() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "owner-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for path in [directory.path, directory.appending(path: "a/b").path] {
            #expect(ForbiddenPlace.Owner(nearest: path)?.isOurs == true)
        }
        #expect(ForbiddenPlace.Owner(nearest: "nowhere/r-1.jsonl") == nil)
    }
}

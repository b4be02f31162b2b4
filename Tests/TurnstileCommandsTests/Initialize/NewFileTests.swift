import Foundation
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct NewFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("new-file-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.allSatisfy { !$0.contains(".new-") }, "\(left)")
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func aFileIsWrittenWhole() throws {
        try inFolder { folder in
            try NewFile(path: folder + "/a", replaces: false).write("one\n")
            #expect(try text(folder + "/a") == "one\n")
        }
    }

    @Test func oneThatIsThereStaysUnlessItIsToBeReplaced() throws {
        try inFolder { folder in
            let path = folder + "/a"
            try "kept\n".write(toFile: path, atomically: true, encoding: .utf8)
            let file = NewFile(path: path, replaces: false)
            #expect(throws: CommandFailure.self) { try file.requireRoom() }
            #expect(throws: CommandFailure.self) { try file.write("new\n") }
            #expect(try text(path) == "kept\n")
            let forced = NewFile(path: path, replaces: true)
            try forced.requireRoom()
            try forced.write("new\n")
            #expect(try text(path) == "new\n")
        }
    }

    /// A link that leads nowhere is a name that is taken.
    @Test func aLinkIsNotWrittenThrough() throws {
        try inFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/a", withDestinationPath: folder + "/elsewhere")
            #expect(throws: CommandFailure.self) {
                try NewFile(path: folder + "/a", replaces: false).write("x")
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/elsewhere"))
        }
    }

    @Test func whatCannotBeWrittenSaysWhy() throws {
        let failure = #expect(throws: CommandFailure.self) {
            try NewFile(path: "/nowhere/at/all", replaces: false).write("x")
        }
        #expect(failure?.message.contains("No such file or directory") == true)
    }
}

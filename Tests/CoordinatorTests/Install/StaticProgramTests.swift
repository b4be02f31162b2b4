import Coordinator
import Testing

@Suite struct StaticProgramTests {
    /// The head of a static program for x86-64: one PT_LOAD segment.
    static let program: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 64 + 56)
        bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1])
        bytes[16] = 2  // ET_EXEC
        bytes[18] = 62  // EM_X86_64
        bytes[24] = 1  // e_entry
        bytes[32] = 64  // e_phoff
        bytes[54] = 56  // e_phentsize
        bytes[56] = 1  // e_phnum
        bytes[64] = 1  // PT_LOAD
        return bytes
    }()

    static let machines: [(UInt8, StaticProgram.Machine)] = [(62, .x86_64), (183, .aarch64)]

    @Test(arguments: machines)
    func aStaticProgramIsKnownByItsMachine(code: UInt8, machine: StaticProgram.Machine) throws {
        var bytes = Self.program
        bytes[18] = code
        #expect(try StaticProgram(bytes).machine == machine)
        // Position-independent, and static all the same.
        bytes[16] = 3
        #expect(try StaticProgram(bytes).machine == machine)
    }

    static let spoilt: [(offset: Int, value: UInt8, StaticProgram.Unfit)] = [
        (0, 0x23, .notELF),
        (4, 1, .notSixtyFourBit),
        (5, 2, .notSixtyFourBit),
        (16, 1, .notAProgram),
        (24, 0, .notAProgram),
        (18, 40, .machineUnknown(40)),
        (32, 0xff, .truncated),
        (54, 8, .truncated),
        (56, 0, .truncated),
        (56, 2, .truncated),
        (64, 3, .dynamic),
    ]

    @Test(arguments: spoilt) func anythingElseIsRefused(
        offset: Int, value: UInt8, unfit: StaticProgram.Unfit
    ) {
        var bytes = Self.program
        bytes[offset] = value
        #expect(throws: unfit) { try StaticProgram(bytes) }
    }

    @Test func aFileCutAnywhereIsRefused() {
        for count in Self.program.indices {
            #expect(throws: StaticProgram.Unfit.self) { try StaticProgram(Array(Self.program.prefix(count))) }
        }
    }
}

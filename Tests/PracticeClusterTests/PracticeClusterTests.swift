import Foundation
import Testing

/// Tests on real hosts, which need root and some minutes, and run only where `Scripts/test` asks for them.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["TURNSTILE_PRACTICE"] == "1"))
struct PracticeClusterTests {}

import PracticeHost

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

// Before the first await: from then on the main thread and its signals belong to the runtime.
if let code = Program.runWithoutTasks(CommandLine.arguments) { exit(code) }
exit(await Program.run(CommandLine.arguments))

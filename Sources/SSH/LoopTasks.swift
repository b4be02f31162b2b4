/// The shared loop as the place where whole tasks run, not the actors on it alone. A task whose every wait ends on the loop
/// is otherwise resumed by way of the cooperative pool: two changes of threads for each packet.
///
/// Such a task must not block, and not compute for long.
final class LoopTasks: TaskExecutor, Sendable {
    /// As long as the process, like the loop.
    private static let sharedTasks = Result { () throws(SSHError) in LoopTasks(loop: try SSHLoop.shared()) }

    static func shared() throws(SSHError) -> LoopTasks { try sharedTasks.get() }

    let loop: SSHLoop

    private init(loop: SSHLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        loop.add(.preferred(UnownedJob(job), asUnownedTaskExecutor()))
    }
}

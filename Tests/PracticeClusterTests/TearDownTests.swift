import Foundation
import Glibc
import Testing

extension PracticeClusterTests {
    /// All processes of the hosts are killed at once, as by a crash: `up` cleans up first, `down` leaves nothing.
    @Test func aClusterGoesAwayEvenAfterACrash() async throws {
        let cluster = PracticeCluster(directory: "\(PracticeCluster.root)/.practice/test-crash")
        #expect(try await cluster.practice(["up", "--hosts", "1"]).status == 0)
        let number = try await number(of: cluster)
        let before = try await remains(of: cluster, number)
        for kind in ["process", "mount", "loop", "link", "cgroup"] {
            #expect(before.contains { $0.hasPrefix(kind + " ") }, "\(kind): \(before)")
        }
        let processes = before.filter { $0.hasPrefix("process ") }
        #expect(!processes.isEmpty)
        for process in processes {
            guard let pid = process.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) else {
                continue
            }
            kill(pid, SIGKILL)
        }
        let up = try await cluster.practice(["up", "--hosts", "1"])
        #expect(up.status == 0, "\(up)")
        #expect(try await cluster.onHost("practice-1", "systemctl is-system-running") == "running")
        #expect(try await cluster.practice(["down"]).status == 0)
        let left = try await remains(of: cluster, number)
        #expect(left.isEmpty, "\(left)")
        #expect(!FileManager.default.fileExists(atPath: cluster.directory))
    }

    /// The number that this machine gave the cluster, which is part of all its names.
    private func number(of cluster: PracticeCluster) async throws -> String {
        let answer = try await cluster.run(
            "/bin/sh",
            ["-c", #"basename "$(grep -lxF "$TURNSTILE_PRACTICE_DIR" /run/turnstile-practice/[0-9]*)""#])
        return answer.output.trimmingCharacters(in: .newlines)
    }

    /// The remains of a cluster on this machine: its processes, mounts, loop devices, links and control groups.
    private func remains(of cluster: PracticeCluster, _ number: String) async throws -> [String] {
        let probe = try await cluster.run(
            "/bin/sh",
            [
                "-c",
                """
                for p in /proc/[0-9]*; do
                  # Dead already: whoever is to reap it may take its time.
                  grep -q '^State:.Z' $p/status 2>/dev/null && continue
                  [ ${p#/proc/} != $$ ] && tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -qF "$TURNSTILE_PRACTICE_DIR" &&
                    echo "process ${p#/proc/}"
                  grep -qF "turnstile-practice-$1/" $p/cgroup 2>/dev/null && echo "process ${p#/proc/}"
                done | sort -u
                cat /proc/[0-9]*/mounts 2>/dev/null | grep -F "$TURNSTILE_PRACTICE_DIR/" | sort -u | sed 's/^/mount /'
                losetup --list --noheadings --output NAME,BACK-FILE | grep -F "$TURNSTILE_PRACTICE_DIR/" | sed 's/^/loop /'
                for path in /sys/class/net/tp$1 /sys/class/net/vb-tp$1-*; do [ -e $path ] && echo "link $path"; done
                for path in /sys/fs/cgroup/turnstile-practice-$1 /sys/fs/cgroup/*/turnstile-practice-$1; do
                  [ -e $path ] && echo "cgroup $path"
                done
                true
                """, "remains", number,
            ])
        return probe.output.split(separator: "\n").map(String.init)
    }
}

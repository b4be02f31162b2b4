// Made by HoldPageTests together with docs/holds.md: TURNSTILE_WRITE_PAGES=1 writes both anew.
// swift-format-ignore-file

extension HoldGuide {
    /// The sections of docs/holds.md.
    static let page = #"""
        ## clock

        - **the clock of host 'core-1' is at least 9.5 s ahead of that of 'core-2', and 2.5 s is the most allowed: it shows 2026-09-21 14:13:20 UTC, and the other 1970-01-01 00:00:05 UTC**

          What to do: set it right: 'timedatectl' on 'core-1' and on 'core-2' says which is wrong; or raise gates.clock.skew.

          `--override clock='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## consul

        - **Consul could not be read through 'core-1': it said no**

          What to do: do what is said there; where nothing is, look at 'systemctl status consul' and 'consul members' on 'core-1'; or say where each host has its own agent: gates.consul.endpoint.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' had an agent of Consul when the plan was made, and has none now**

          What to do: look at 'systemctl status consul' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **no agent of Consul runs on any host of this list: core-1, core-2**

          What to do: name the hosts with the agents, too, or say where they listen: gates.consul.endpoint; or, where nothing here runs Consul, say gates.consul.enabled: false.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **Consul's node 9d754d17-d864-b1d3-e758-f3fe25a9874f answers as the own one of each of 'core-1', 'core-2', and runs on one host only**

          What to do: say where each host has its own agent: gates.consul.endpoint: "http://127.0.0.1:8500", or "http://{address}:8500" where it listens on the host's address alone; a cloned host wants a node-id of its own: stop its agent and remove node-id from its data directory.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the agent of host 'core-1' is in Consul's datacenter 'dc1', and that of 'core-2' in 'dc2'**

          What to do: name the hosts of one datacenter for one rollout.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **Consul has no leader, asked from 'core-1', 'core-2'**

          What to do: bring the servers back to a quorum: see 'consul operator raft list-peers -stale' and 'journalctl -u consul' on them; look at 'consul members' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **Consul's server on 'core-2' is not well, asked from 'core-1': it said no**

          What to do: bring it back: see 'systemctl status consul' and 'journalctl -u consul' on 'core-2'; one that is gone for good: 'consul force-leave consul-1'; or, where gossip does not know it, 'consul operator raft remove-peer -address=ADDRESS:8300'.

          Then: `turnstile resume ROLLOUT`

        - **Consul's server 'consul-1' is not well, asked from 'core-1': it said no**

          What to do: bring it back: see 'consul operator autopilot get-config' and its own log; one that is gone for good: 'consul force-leave consul-1'; or, where gossip does not know it, 'consul operator raft remove-peer -address=ADDRESS:8300'.

          Then: `turnstile resume ROLLOUT`

        - **without host 'core-1' Consul would have 1 healthy of 3 voters, asked from 'core-2', and needs 2**

          What to do: bring every server back, or add one: no voter may be missing during an upgrade.

          Then: `turnstile resume ROLLOUT`

        - **no agent of another host can say whether the agent of 'core-1' is alive in Consul**

          What to do: name at least two hosts with an agent; or, where nothing here runs Consul, say gates.consul.enabled: false.

          Then: `turnstile resume ROLLOUT`

        - **the agent of host 'core-1' is not alive in Consul, asked from 'core-2': it said no**

          What to do: look at 'systemctl status consul' and 'journalctl -u consul' on 'core-1', and see whether gossip reaches it (port 8301, TCP and UDP).

          Then: `turnstile resume ROLLOUT`

        - **Consul's server on 'core-1' is back for 6 s and has no vote yet; it may take 61 s**

          What to do: wait, or raise timeouts.rejoin.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`

        - **Consul's server on 'core-1' had a vote before, and has been back for 91 s without one**

          What to do: see 'consul operator raft list-peers' and 'consul operator autopilot get-config'; look at 'journalctl -u consul' on 'core-1'; where autopilot takes longer: gates.consul.stabilization.

          Then: `turnstile resume ROLLOUT`

        - **Consul has been whole for 6 s of the 11 s that prove it**

          What to do: wait, or raise timeouts.gate.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`


        ## deis

        - **Deis ran these before the rollout, and 'core-1' says that not as many of them are active and running now: deis-router@1**

          What to do: see 'deisctl list' and their journals: 'deisctl journal COMPONENT'.

          `--override deis='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **what Deis runs cannot be told through 'core-1': it said no**

          What to do: make 'deisctl list' succeed on one of the hosts, or say gates.deis.enabled: false.

          `--override deis='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## drift

        - **host 'core-1' has other settings than 'core-2': /etc/x.conf differs**

          What to do: see which of them fits the new release, and make them alike; where 'core-1' is meant to differ, say so for good with gates.drift.compare.

          Waiting does not help.

          `--override drift='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' has other settings than when the plan was made: /etc/x.conf is missing**

          What to do: see who changed it on 'core-1', and whether it fits the new release.

          Waiting does not help.

          `--override drift='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **the user-data of host 'core-1' is not user-data.yaml: /var/lib/user_data**

          What to do: put user-data.yaml on 'core-1' and reboot it, or change gates.drift.user-data.

          Waiting does not help.

          `--override drift='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## etcd

        - **etcd could not be read through 'core-1': it said no**

          What to do, by the case:
          - bring 'core-1' up, or the network to it: 'turnstile audit core-1' answers once it is there.
          - 'core-1' is up, and nothing there takes ssh's call: on its console, see 'systemctl status sshd.socket sshd', and start what is not active; or name the port that it listens on; 'turnstile audit core-1' answers once it is there.
          - wait until fewer log in to 'core-1' at once, or raise MaxStartups in its sshd_config: 'turnstile audit core-1' answers once there is room.
          - mend the way to 'core-1', which is shut before it: 'turnstile audit core-1' takes the same way.
          - put your public key into the login user's authorized_keys on 'core-1', or name another user or key (ssh.user, ssh.identity-files): 'turnstile audit core-1' logs in the same way.
          - compare the fingerprint with that on the console of 'core-1', then put its key into known_hosts as said; 'turnstile audit core-1' checks it the same way.
          - mend what is said there on this machine; 'turnstile audit core-1' reads the same settings.
          - look at 'core-1' itself: its disk, its shell or its network may hang; then ask again.
          - let the login user of 'core-1' run 'sudo -n true' there without a password and without a terminal: these lines in its sudoers do it (core is the usual user): 'core ALL=(ALL) NOPASSWD: ALL', and where sudo wants a terminal, 'Defaults:core !requiretty'; where there is no sudo, log in as root.
          - let the login shell of 'core-1' print nothing by itself, and run commands: see the login user's shell in /etc/passwd, its .bashrc and .profile, and a ForceCommand in sshd_config.
          - bring etcd on 'core-1' back to health first: see 'systemctl status etcd-member etcd2 etcd' there; or say where each host has its own: gates.etcd.endpoint.
          - put curl on 'core-1': etcd and Consul are asked with it.

          Then: `turnstile resume ROLLOUT`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: any patch levels of one minor version go together**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: etcd goes up by one minor version at a time**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: from etcd 2 to etcd 3 there is one step, 2.3 to 3.0**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: its servers refuse peers as old as that: they answer 412, incompatible version**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: etcd is to go up by one minor version at a time**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: a server below the cluster version does not start**

          What to do: take it back with 'turnstile rollback core-1'; then: members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: etcd 0.4 and 2 do not speak with each other: all members must be stopped at once**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: etcd 2.2 and later do not read the data of 0.4**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **with 1409.7.0 etcd went from 2.3 to 3.3 on host 'core-1', and must not: nothing is known of how these two go together**

          What to do: its member cannot go back with its data: stop etcd on 'core-1' and disable its unit; members that have ended themselves keep their data directories, whatever their log asks for: 'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd; then, on another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of 'core-1' away; take the host back with 'turnstile rollback core-1'; 'etcdctl member add NAME PEER-URL', and start its etcd again with ETCD_INITIAL_CLUSTER_STATE=existing.

          Waiting does not help.

          Then: `turnstile rollback core-1`

        - **etcd could not be read: it said no**

          What to do: bring etcd back to health first, or say where each host has its own: gates.etcd.endpoint.

          Then: `turnstile resume ROLLOUT`

        - **which etcd member runs on host 'core-1' could not be told: it said no**

          What to do: look at 'systemctl status etcd-member etcd2 etcd' on 'core-1'; or say where each host has its own etcd: gates.etcd.endpoint.

          Then: `turnstile resume ROLLOUT`

        - **etcd on 'core-2' is not healthy, asked from 'core-1': it said no**

          What to do: bring etcd on 'core-2' back to health first: see 'systemctl status etcd-member etcd2 etcd' and 'journalctl -u etcd-member -u etcd2 -u etcd' there; one that has ended itself wants 'systemctl reset-failed UNIT' and 'systemctl start UNIT', with its data directory as it is.

          Then: `turnstile resume ROLLOUT`

        - **etcd member 'etcd-1' is not healthy, asked from 'core-1': it said no**

          What to do: bring etcd back to health first: see 'systemctl status UNIT' of its unit there; one that has ended itself wants 'systemctl reset-failed UNIT' and 'systemctl start UNIT', with its data directory as it is.

          Then: `turnstile resume ROLLOUT`

        - **whether etcd on 'core-2' is healthy cannot be told, asked from 'core-1': it said no**

          What to do: see whether 'etcd-1' runs; if it does, have it publish an address at which it alone answers the other hosts: ETCD_ADVERTISE_CLIENT_URLS=http://ITS-ADDRESS:2379, or http://[ITS-ADDRESS]:2379.

          Then: `turnstile resume ROLLOUT`

        - **whether etcd member 'etcd-1' is healthy cannot be told, asked from 'core-1': it said no**

          What to do: see whether 'etcd-1' runs; if it does, have it publish an address at which it alone answers the other hosts: ETCD_ADVERTISE_CLIENT_URLS=http://ITS-ADDRESS:2379, or http://[ITS-ADDRESS]:2379.

          Then: `turnstile resume ROLLOUT`

        - **etcd member 8e9e05c52164694d answers as the own one of each of 'core-1', 'core-2', and runs on one host only**

          What to do: say where each host has its own etcd: gates.etcd.endpoint: "http://127.0.0.1:2379", or "http://{address}:2379" where it listens on the host's address alone; a host that only passes on to others' etcd is no member: let nothing answer there.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **no etcd member runs on any host of this list: core-1**

          What to do: name the hosts with the members, too; or, where these hosts are only etcd's clients, say gates.etcd.enabled: false.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **etcd was whole in 1 of the 3 samples in a row that prove it**

          What to do: wait, or raise timeouts.gate.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`

        - **without host 'core-1' etcd would have 1 healthy of 3 voters, asked from 'core-2', and needs 2**

          What to do: bring every member back, or add one: no member may be missing during an upgrade.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' cannot go back: the cluster version rose to 3.0 when the last member was upgraded; etcd 2.3 of USR-A would not start**

          What to do: stay on the new version; a member can only go back with its data directory removed, as a new member.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **whether the etcd of the other partition of host 'core-1' would start cannot be told: it said no**

          What to do: compare the etcd version of the other partition with 'turnstile audit core-1', and go back by hand.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **whether the etcd of the other partition of host 'core-1' starts on the data of its member cannot be told: it said no**

          What to do: say which etcd it was, with gates.etcd.after: VERSION in turnstile.yaml, and ask for the way back again.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' cannot go back: etcd 3.0 has run there, and 2.3 of USR-A does not start on its data any more**

          What to do: stay on the new version: once its etcd is well, 'turnstile resume ROLLOUT' goes on; a member that does not get well is made anew on 'core-1': on another host 'etcdctl member remove 8e9e05c52164694d' (ids: 'etcdctl member list'); stop etcd on 'core-1' and move its data directory away; on the other host 'etcdctl member add NAME PEER-URL' with the name and URL that the list had; start it with ETCD_INITIAL_CLUSTER_STATE=existing, then go on.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **etcd 3.0 runs on host 'core-1' since it runs the target, and 2.3 was said to come**

          What to do: take it back with 'turnstile rollback core-1', or say that it may be: --etcd-after 3.0.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **etcd 0.4 runs on host 'core-1': it tells neither its members nor their health**

          What to do: move the cluster to etcd 2 first, all members at once: 0.4 and 2 do not speak with each other.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' has the last etcd 2.3: once it runs 3.0 the cluster version rises, and no host can go back**

          What to do: if you accept that no host can go back any more, say so with --yes, as below; until then nothing is touched.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --yes`

        - **once etcd 3.0 has started on host 'core-1', etcd 2.3 does not start on its data any more: this host cannot go back then, nor can any that follows**

          What to do: if you accept that no host can go back any more, say so with --yes, as below; until then nothing is touched.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --yes`

        - **once etcd 3.0 has started on host 'core-1', it is not known whether etcd 2.3 starts on its data again: this host may not be able to go back then, nor any that follows**

          What to do: if you accept that no host can go back any more, say so with --yes, as below; until then nothing is touched.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --yes`


        ## etcd-after

        - **which etcd 1409.7.0 brings to host 'core-1', where 2.3 runs, is not known: it said no**

          What to do: say which it is: --etcd-after VERSION, or gates.etcd.after.

          Waiting does not help.

          `--override etcd-after='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **the partition staged with 1409.7.0 on host 'core-1' brings etcd 3.0, and 2.3 was said to come**

          What to do: say what the partition says: --etcd-after 3.0.

          Waiting does not help.

          `--override etcd-after='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## fleet

        - **no other host can say whether 'core-1' is in fleet**

          What to do: name at least two hosts; or, where nothing here runs fleet, say gates.fleet.enabled: false.

          Then: `turnstile resume ROLLOUT`

        - **fleet could not be read through 'core-1': it said no**

          What to do: make 'fleetctl list-machines' succeed on 'core-1'; look at 'systemctl status fleet fleet.socket etcd-member etcd2' there.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' (m-1) is missing from fleetctl list-machines on 'core-2'**

          What to do: look at 'systemctl status fleet etcd-member etcd2' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **fleet has been whole for 6 s of the 31 s that prove it fresh**

          What to do: wait, or raise timeouts.gate.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`

        - **fleet's agent_ttl is at least 61 s, by its registry, and gates.fleet.ttl says 31 s: the longer one counts**

          What to do: say gates.fleet.ttl: 61s, or set agent_ttl in fleet.conf of the hosts.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`


        ## fleet-ttl

        - **how long fleet lists a machine that died is not known, by its registry in etcd: it said no**

          What to do: make gates.etcd.endpoint answer /v2/keys/_coreos.com/fleet/machines on one of the hosts: fleet keeps its machines there.

          `--override fleet-ttl='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## hooks

        - **your hook 'gate' on 'core-1' says not now: not now**

          What to do: see to what it asks for, or change hooks.gate; it is asked again when the rollout goes on.

          `--override hooks='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **your hook 'gate' on 'core-1' failed: it said no; it said: no**

          What to do: see to what it asks for, or change hooks.gate; it is asked again when the rollout goes on.

          `--override hooks='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **what your hook 'gate' on 'core-1' says is not known: it said no**

          What to do: let the login user of 'core-1' run 'sudo -n true' there without a password and without a terminal: these lines in its sudoers do it (core is the usual user): 'core ALL=(ALL) NOPASSWD: ALL', and where sudo wants a terminal, 'Defaults:core !requiretty'; where there is no sudo, log in as root; the hook is asked again when the rollout goes on.

          `--override hooks='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **what your hook 'gate' says is not known: it said no**

          What to do: see to what it asks for, or change hooks.gate; it is asked again when the rollout goes on.

          `--override hooks='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## host

        - **host 'core-1' could not be read: no connection**

          What to do: bring 'core-1' up, or the network to it: 'turnstile audit core-1' answers once it is there; if it never comes back: 'turnstile lose core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: nothing takes ssh's call**

          What to do: 'core-1' is up, and nothing there takes ssh's call: on its console, see 'systemctl status sshd.socket sshd', and start what is not active; or name the port that it listens on; 'turnstile audit core-1' answers once it is there.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its sshd takes no more callers now**

          What to do: wait until fewer log in to 'core-1' at once, or raise MaxStartups in its sshd_config: 'turnstile audit core-1' answers once there is room.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: the way to it is shut**

          What to do, by the case:
          - mend the way to 'core-1', which is shut before it: 'turnstile audit core-1' takes the same way.
          - mend 'ann@jump', or the way to it: 'turnstile audit core-1' takes the same way.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: the login was refused**

          What to do: put your public key into the login user's authorized_keys on 'core-1', or name another user or key (ssh.user, ssh.identity-files): 'turnstile audit core-1' logs in the same way.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its host key is not trusted**

          What to do: compare the fingerprint with that on the console of 'core-1', then put its key into known_hosts as said; 'turnstile audit core-1' checks it the same way.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: this machine's ssh settings**

          What to do: mend what is said there on this machine; 'turnstile audit core-1' reads the same settings.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: the connection was cut, or the time was up**

          What to do: look at 'core-1' itself: its disk, its shell or its network may hang; then ask again.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: sudo**

          What to do: let the login user of 'core-1' run 'sudo -n true' there without a password and without a terminal: these lines in its sudoers do it (core is the usual user): 'core ALL=(ALL) NOPASSWD: ALL', and where sudo wants a terminal, 'Defaults:core !requiretty'; where there is no sudo, log in as root.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its login shell**

          What to do: let the login shell of 'core-1' print nothing by itself, and run commands: see the login user's shell in /etc/passwd, its .bashrc and .profile, and a ForceCommand in sshd_config.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: a command failed**

          What to do: run 'sudo -n /opt/bin/turnstile-agent report' on 'core-1', and mend what it complains of.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its answer makes no sense**

          What to do: run 'sudo -n /opt/bin/turnstile-agent report' on 'core-1', and mend what it complains of.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: it has no agent**

          What to do: put the agent of this turnstile there: 'turnstile install core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its agent is of another protocol**

          What to do: put the agent of this turnstile there: 'turnstile install core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its agent ended without an answer**

          What to do: see what 'sudo -n /opt/bin/turnstile-agent report' says on 'core-1'; a damaged agent is replaced by 'turnstile install core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its agent cannot read its record**

          What to do: look at /var/lib/turnstile/state.json on 'core-1', and at its disk; where 'turnstile audit core-1' shows a committed partition and nothing staged, move a damaged file away, and its agent begins with a new one.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its agent's record is not a turnstile's**

          What to do: find out who wrote /var/lib/turnstile/state.json on 'core-1'; then set that record right, as said.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: its os-release names no version**

          What to do: look at /usr/lib/os-release on 'core-1': it must name VERSION_ID.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: it has no curl**

          What to do: put curl on 'core-1': etcd and Consul are asked with it.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' could not be read: it said no**

          What to do: see that 'turnstile audit core-1' answers; where it does, run 'sudo -n /opt/bin/turnstile-agent report' on 'core-1', and mend what it complains of; if it never comes back: 'turnstile lose core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' runs a partition that is not committed: its next reboot may go back to the other one**

          What to do: 'turnstile rollback core-1' takes it back to its old partition; where Turnstile did not bring it there, a plain reboot does.

          Then: `turnstile resume ROLLOUT`

        - **the partitions of host 'core-1' could not be read by its agent: it said no**

          What to do: look at 'sudo cgpt show' of the disk with USR-A and USR-B on 'core-1': its agent reads no other.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' already has an update applied that waits for a reboot**

          What to do: reboot 'core-1' yourself, or undo its update, so that it starts from rest.

          Then: `turnstile resume ROLLOUT`

        - **the next boot of host 'core-1' goes to USR-B, where no update waits for it: it said no**

          What to do: make the one that runs the first choice: 'cgpt prioritize $(rootdev -s /usr)' as root on 'core-1'; or reboot it yourself.

          Then: `turnstile resume ROLLOUT`

        - **the partition table of /dev/sda on host 'core-1' is damaged in one of its copies: it said no**

          What to do: 'cgpt repair /dev/sda' as root on 'core-1' writes it anew from the good copy; then look at the disk's health.

          Then: `turnstile resume ROLLOUT`

        - **update-engine of host 'core-1' takes GROUP for ‘stable # x’, as line 3 of /etc/update.conf stands**

          What to do: write GROUP=stable there on 'core-1', with nothing after it; or name it with --group, and the line is written.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **update-engine of host 'core-1' takes SERVER for ‘http://x y’, as line 4 of /etc/update.conf stands**

          What to do: write SERVER=http://x there on 'core-1', with nothing after it; or name it with --server, and the line is written.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' is another machine now: machine-id m-2, planned was m-1**

          What to do: see what 'core-1' leads to: once the planned machine answers to it, 'turnstile resume ROLLOUT' goes on; where the machine was replaced for good, end this rollout with 'turnstile abandon ROLLOUT', and begin another.

          Then: `turnstile resume ROLLOUT`

        - **'core-1' and 'core-2' are one machine: they have the same machine-id**

          What to do: name each machine once: leave out 'core-1', or give the cloned host a machine-id of its own.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' is not fit for it, by fleet.service: it said no**

          What to do: look at 'systemctl status fleet.service' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' is not fit for it, by /usr/.noupdate: it said no**

          What to do: look at 'ls -l /usr/.noupdate' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **what update-engine does of host 'core-1' cannot be told: it said no**

          What to do: make 'sudo /opt/bin/turnstile-agent report' on 'core-1' tell it: what it cannot read is under "unreadable".

          Then: `turnstile resume ROLLOUT`

        - **update-engine of host 'core-1' is at work by itself, at UPDATE_STATUS_DOWNLOADING**

          What to do: wait until it is idle, or stop it: 'systemctl stop update-engine' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' runs cgroup v1, and 1409.7.0 does not go onto such a host: its postinst ends the update**

          What to do: move 'core-1' to cgroup v2 first, and reboot it: remove /etc/flatcar-cgroupv1 and /etc/systemd/system/containerd.service.d/10-use-cgroupfs.conf, and from /usr/share/oem/grub.cfg the line with systemd.unified_cgroup_hierarchy=0.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`


        ## http

        - **http://example/state does not say yes: it said no**

          What to do: see what it is about, or change gates.http.

          `--override http='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## journal

        - **its journal was lost, and it was taken up from what the hosts tell**

          What to do: see whether 'turnstile status ROLLOUT' shows the hosts as they are.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' cannot be taken up by what it tells: it said no**

          What to do: look at 'turnstile audit core-1'; free it with 'turnstile unlock r-other', then 'turnstile rollback core-1'.

          Then: `turnstile resume ROLLOUT`


        ## kubernetes

        - **the nodes of Kubernetes could not be read: it said no**

          What to do: make 'kubectl get nodes,leases -n kube-node-lease' answer here, with gates.kubernetes.kubeconfig and .context.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' (m-1) is not one node: node-1, node-2 all have its machine-id**

          What to do: compare /etc/machine-id of 'core-1' with 'kubectl get nodes -o yaml', under nodeInfo.

          Then: `turnstile resume ROLLOUT`

        - **node 'node-1' of host 'core-1' is not ready: it said no**

          What to do: look at 'kubectl describe node node-1', and 'journalctl -u kubelet' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **what the kubelet of node 'node-1' says is of boot b-1, and host 'core-1' is in another**

          What to do: look at 'kubectl describe node node-1', and 'journalctl -u kubelet' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **kubelets were not seen to renew their leases: on core-1, core-2**

          What to do: look at 'journalctl -u kubelet' there, or raise timeouts.gate: a lease is renewed every 10 s.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`

        - **node 'node-1' is cordoned by rollout r-other**

          What to do: finish it with 'turnstile resume r-other'; if it is dead for good, 'turnstile unlock r-other' lets its nodes go, too, or by hand: 'kubectl uncordon node-1', 'kubectl annotate node node-1 turnstile/rollout-'.

          Then: `turnstile resume ROLLOUT`

        - **node 'node-1' of host 'core-1' was drained, and somebody has uncordoned it since**

          What to do: find out who did so; resuming drains it again.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **node 'node-1' of host 'core-1' would not be drained: it said no**

          What to do: pods with emptyDir volumes go only with gates.kubernetes.delete-emptydir-data: true, which loses what is in these; pods of no controller go by your own hand.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **node 'node-1' of host 'core-1' is not drained; it has default/web-0; no disruption is allowed by default/web; kubectl says: 429**

          What to do: see 'kubectl get pods -A --field-selector spec.nodeName=node-1' and 'kubectl get pdb -A'.

          Then: `turnstile resume ROLLOUT`


        ## lock

        - **host 'core-1' is in the middle of another rollout, r-other**

          What to do: finish it with 'turnstile resume r-other', or give its hosts back with 'turnstile abandon r-other'; where it has ended, or its journal is lost: 'turnstile unlock r-other', then 'turnstile abandon --host core-1', or where 'core-1' runs its new system uncommitted 'turnstile rollback core-1'.

          Then: `turnstile resume ROLLOUT`

        - **rollout r-other of core@bastion has this cluster, since 2026-11-24T00:00:00Z**

          What to do: wait for its end, which 'turnstile status r-other' shows where it was begun; if it has ended, 'turnstile resume r-other' there lets the cluster go; only if its turnstile is dead for good, 'turnstile unlock r-other' frees the cluster.

          Then: `turnstile resume ROLLOUT`

        - **this rollout does not have the cluster any more: it was unlocked, or taken up by another turnstile**

          What to do: find out who did so, and why; resuming takes the cluster again, if nobody else has it.

          Then: `turnstile resume ROLLOUT`

        - **who has the cluster's lock could not be told: it said no**

          What to do: do what is said there; where nothing is, make etcd answer through one of the hosts, and see that most of the agents do.

          Then: `turnstile resume ROLLOUT`


        ## locksmith

        - **locksmith's semaphore of group 'workers' is held by host 'core-1' (01d6eeef), 'b2', seen so for 8 s: who holds it may reboot a host at any moment**

          What to do: wait until it is let go, which a host does by itself once it is back; where nobody is behind host 'core-1' (01d6eeef) any more: 'locksmithctl -group=workers unlock 01d6eeef' on a host; where nobody is behind 'b2' any more: 'locksmithctl -group=workers unlock b2' on a host.

          Then: `turnstile resume ROLLOUT`

        - **locksmith's semaphore is held by 'r-other#2', seen so for 8 s: who holds it may reboot a host at any moment**

          What to do: wait until it is let go, which a host does by itself once it is back; where nobody is behind 'r-other#2' any more: 'turnstile unlock r-other'.

          Then: `turnstile resume ROLLOUT`

        - **locksmith's semaphore of group 'workers' has 2 free slots: a host may take it, and reboot itself**

          What to do: wait, or raise timeouts.gate: it is being taken for the whole rollout.

          Time alone clears it.

          Then: `turnstile resume ROLLOUT`

        - **locksmith's semaphore of group 'workers' has a maximum of 0: somebody set it so that no host may reboot**

          What to do: find out who set it so, and why; where hosts may reboot again: 'locksmithctl -group=workers set-max 1' on a host.

          Then: `turnstile resume ROLLOUT`

        - **who may reboot by locksmith's semaphore could not be told or changed: it said no**

          What to do: make 'locksmithctl status' answer on the hosts; where no host uses locksmith, say gates.locksmith: never.

          Then: `turnstile resume ROLLOUT`


        ## offer

        - **1353.8.0 is staged on host 'core-1', which runs it already: a reboot would upgrade nothing**

          What to do: give it back with 'turnstile abandon ROLLOUT', and see why the server offers to 'core-1' what it runs: 'turnstile audit core-1' shows its group.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **host 'core-1' was offered 1465.8.0, and the target is 1409.7.0; the offer was disarmed**

          What to do: see why the group now offers 1465.8.0, and make it offer 1409.7.0 again; or end this rollout with 'turnstile abandon ROLLOUT', and begin another with --to 1465.8.0.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' runs 1353.8.0 and was offered nothing, and the target is 1409.7.0**

          What to do: see which group and server 'core-1' uses: 'turnstile audit core-1'.

          Then: `turnstile resume ROLLOUT`

        - **core-1, core-2 were offered nothing before 1409.7.0 appeared**

          What to do: resume to ask them again.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' was offered 1409.7.0, which becomes the target of all; it is staged there, and not booted**

          What to do: resume if 1409.7.0 is the version that you want; 'turnstile abandon ROLLOUT' gives the host back as it was found, with its old version.

          Then: `turnstile resume ROLLOUT`


        ## operator

        - **a hold was asked for**

          What to do: resume when ready; 'turnstile abandon ROLLOUT' ends it instead.

          Then: `turnstile resume ROLLOUT`

        - **ann@desk asked to hold**

          What to do: resume when ready; 'turnstile abandon ROLLOUT' ends it instead.

          Then: `turnstile resume ROLLOUT`

        - **the terminal where it was driven was closed**

          What to do: resume when ready; 'turnstile abandon ROLLOUT' ends it instead.

          Then: `turnstile resume ROLLOUT`

        - **stopped after 2 hosts, as asked**

          What to do: resume when ready; 'turnstile abandon ROLLOUT' ends it instead.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' was declared lost (it said no), and is waited for no more; it may still come up by itself**

          What to do, by the case:
          - take its member out of etcd, on any other host: 'ETCDCTL_API=3 etcdctl member remove 8e9e05c52164694d'; until then it counts as gone, and keeps its vote; keep the host off the network, or its disk wiped, before it comes up.
          - if it had an etcd member, take that out on any other host: 'etcdctl member list' names it, 'etcdctl member remove ID' removes it; until then its member holds the others; keep the host off the network, or its disk wiped.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' answers, and was declared lost in rollout r-other (it said no)**

          What to do: see what it runs, and whether its etcd member was removed: 'turnstile audit core-1'; leave it out, or take it in again: 'turnstile unlock r-other', then 'turnstile abandon --host core-1', or where it runs its new system uncommitted 'turnstile rollback core-1'.

          Then: `turnstile resume ROLLOUT`


        ## order

        - **the order 'metadata:rack' could not be worked out: it said no**

          What to do: make 'fleetctl list-machines' succeed, or name the hosts in the order wanted, with --order given.

          Then: `turnstile resume ROLLOUT`

        - **the order 'leader-last' could not be worked out: it said no**

          What to do: bring etcd back to health, or name the hosts in the order wanted, with --order given.

          Then: `turnstile resume ROLLOUT`


        ## others

        - **gates.etcd is off, and the agents' lock covers the hosts named alone; by fleet the cluster has others, which another rollout could take out meanwhile: core-9**

          What to do: name all hosts of the cluster, or turn on gates.etcd, whose lock covers them; where nobody upgrades the others meanwhile, say so.

          `--override others='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **gates.etcd is off, and the agents' lock covers the hosts named alone; whether the cluster has others could not be asked of fleet: it said no**

          What to do: make 'fleetctl list-machines' succeed on the hosts that run fleet; or turn on gates.etcd, whose lock covers every host; where nobody upgrades others meanwhile, say so.

          `--override others='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **gates.etcd is off, and the agents' lock covers the hosts named alone; whether the cluster has others could not be asked of etcd: it said no**

          What to do: make etcd answer on the hosts that run it, or say where each has its own: gates.etcd.endpoint; or turn on gates.etcd, whose lock covers every host; where nobody upgrades others meanwhile, say so.

          `--override others='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **gates.etcd is off, and the agents' lock covers the hosts named alone; whether the cluster has others could not be asked of Kubernetes: it said no**

          What to do: make 'kubectl get nodes' answer here; or turn on gates.etcd, whose lock covers every host; where nobody upgrades others meanwhile, say so.

          `--override others='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## platform

        - **fleet's list of units could not be read: it said no**

          What to do: make gates.etcd.endpoint answer /v2/keys/deis and /v2/keys/_coreos.com/fleet on one of the hosts: Deis and fleet keep their state there.

          Then: `turnstile resume ROLLOUT`

        - **members of etcd are not healthy: core-2**

          What to do: mend etcd first: see 'etcdctl cluster-health'.

          Then: `turnstile resume ROLLOUT`

        - **fleet does not list machine 9dfb60e0 (10.0.0.12) any more**

          What to do: see 'fleetctl list-machines', and bring the machine back; its units are waited for on the machines that they ran on.

          Then: `turnstile resume ROLLOUT`

        - **/deis/platform/version in etcd is not set**

          What to do: set the version that runs, which the controller tells with every answer: 'deisctl config platform set version=v1.13.4'.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **/deis/platform/version in etcd is 'stateless-platform', which is no version**

          What to do: set the version that runs, which the controller tells with every answer: 'deisctl config platform set version=v1.13.4'.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **/deis/platform/domain in etcd is not set**

          What to do: set it: 'deisctl config platform set domain=DOMAIN'.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the controller does not answer: it said no**

          What to do: see 'deisctl list' and 'deisctl journal controller'; or, where the controller is under another name than deis.DOMAIN, say --controller URL.

          Then: `turnstile resume ROLLOUT`

        - **the controller has version 2.0 of its API, which turnstile was not made for**

          What to do: do this by hand: turnstile knows the API of 1.8 to 1.13.4.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the platform is 1.13.3, and 2.0.0 is another major version: no upgrade leads there**

          What to do: move the applications to a new cluster.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the platform is 1.13.4 already, and 1.13.3 is not higher**

          What to do: nothing is to be done for the version that runs; to go back to an older one, restore a backup into a new cluster.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the platform is 1.8.0: a graceful upgrade begins at 1.9.0**

          What to do: take the way in place: its downtime is announced in its plan.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the new deisctl is 1.10.1: before 1.11.0 its takeover restarts every router at once, and installs a store where there is none**

          What to do: take the way in place: its downtime is announced in its plan.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the old deisctl cannot be used: it said no**

          What to do: name another one with --deisctl PATH; an upgrade that has begun takes none but those of its plan: put these back as they were.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the new deisctl is 1.13.3, not 1.13.4**

          What to do: name another one with --new-deisctl PATH; an upgrade that has begun takes none but those of its plan: put these back as they were.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the directory of the new deisctl's templates lacks deis-router.service**

          What to do: fetch them into a new, empty directory: 'deisctl refresh-units -p DIRECTORY'; name that with --new-templates DIRECTORY.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **the old deisctl's templates cannot be read: it said no**

          What to do: fetch them into a new, empty directory: 'deisctl refresh-units -p DIRECTORY'; name that with --templates DIRECTORY.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **router has an image of its own ('mine/router:1' in /deis/router/image), and would not be upgraded**

          What to do: take it away if it is not meant: 'deisctl config router rm image'; the component's next start takes the version's image; or say that it is meant with --keep-image router.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **whether the load balancer speaks the PROXY protocol is not said, and the platform may be from before 1.6**

          What to do: say --proxy-protocol on if the balancer speaks it on ports 80 and 443 (clusters on AWS that were made before 1.6 and have been given the listener TCP 443:443), otherwise --proxy-protocol off.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **4 routers are to run on 3 machines: one machine has one**

          What to do: take a router away: 'deisctl scale router=NUMBER'; or add a machine.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **there is one router: no other one serves while it is renewed**

          What to do: start a second router first: 'deisctl scale router=2'; or take the way in place, which has a downtime.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **there is no router@2: deisctl counts routers from 1, and would miss the last one**

          What to do: leave out --documented: the other way takes each unit by its own name.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **deisctl would take containers of these applications for routers: router-api_v2.web.1.service**

          What to do: leave out --documented: the other way takes each unit by its own name.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **there is no unit of registry: deisctl would leave its whole group running, the database included**

          What to do: leave out --documented: the other way takes each unit by its own name.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **routers cannot use these addresses of containers: web/web_v3.web.1**

          What to do: take a wrong key away if its container is gone: 'etcdctl rm /deis/services/APPLICATION/KEY'; the publisher writes those of living containers anew.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **no backup was made for this upgrade**

          What to do: make one: 'turnstile platform backup'; or say that there is one with --backed-up.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **these are to be stopped, and run: database on 9dfb60e0: active/running**

          What to do: see 'deisctl list' and 'fleetctl list-unit-files'.

          Then: `turnstile resume ROLLOUT`

        - **the store is not stopped while these use it: database on 9dfb60e0: active/running**

          What to do: see why they run: 'deisctl list'; the database is stopped while the store still runs, because its last backup goes there.

          Then: `turnstile resume ROLLOUT`

        - **fleet still has router@1**

          What to do: see 'deisctl list' and 'fleetctl list-unit-files'.

          Then: `turnstile resume ROLLOUT`

        - **these are to run, and an installation would stop them: publisher**

          What to do: see 'deisctl list': stop by hand what is not to run.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **fleet does not have router@1**

          What to do: see 'deisctl list' and 'fleetctl list-unit-files'.

          Then: `turnstile resume ROLLOUT`

        - **no machine can take router@4**

          What to do: see 'fleetctl list-machines': a machine is missing, has another role, or has such a unit already.

          Then: `turnstile resume ROLLOUT`

        - **these are installed as they were before: router@1**

          What to do: see 'deisctl list' and 'fleetctl list-unit-files'.

          Then: `turnstile resume ROLLOUT`

        - **a deisctl of this procedure still runs on core-1**

          What to do: wait: it is ended after 40 min at the latest.

          Then: `turnstile resume ROLLOUT`

        - **these do not run: database on 9dfb60e0: activating/start-pre**

          What to do: see 'deisctl list', and on the unit's machine 'journalctl -u UNIT -n 100': the first start of a version pulls its image; or start what was stopped: 'deisctl start UNIT'.

          Then: `turnstile resume ROLLOUT`

        - **these fail: logger on 9dfb60e0: activating/auto-restart**

          What to do: see 'deisctl list', and on the unit's machine 'journalctl -u UNIT -n 100': the first start of a version pulls its image; or start what was stopped: 'deisctl start UNIT'.

          Then: `turnstile resume ROLLOUT`

        - **/deis/platform/version in etcd is 'v1.13.3', not 'v1.13.4'**

          What to do: somebody else changed it: make sure that nobody else upgrades this platform.

          Then: `turnstile resume ROLLOUT`

        - **/deis/router/proxyProtocol in etcd is not set, not '1'**

          What to do: somebody else changed it: make sure that nobody else upgrades this platform.

          Then: `turnstile resume ROLLOUT`

        - **deisctl did not do it: it said no**

          What to do: mend what it says, then 'turnstile resume ROLLOUT'.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **step 'stop-router-1' was asked for 2 times without effect: it said no**

          What to do: see 'deisctl list' and 'fleetctl list-unit-files'.

          Waiting does not help.

          Then: `turnstile resume ROLLOUT`

        - **3 addresses of containers run out in less than 300 s, the first one in 12 s**

          What to do: start the publisher if it does not run: 'deisctl install publisher', 'deisctl start publisher'.

          Then: `turnstile resume ROLLOUT`

        - **the publisher does not write these addresses any more, and they stay: web_v3.web.1**

          What to do: their containers are gone: wait, or start the applications' containers again.

          Then: `turnstile resume ROLLOUT`

        - **these applications are not published as before: web**

          What to do: see 'deisctl list' and 'etcdctl ls --recursive /deis/services'; an application that broke by itself meanwhile holds as well: mend it, or scale it to nothing.

          Then: `turnstile resume ROLLOUT`

        - **these applications do not answer through router@1 as before: web**

          What to do: see 'deisctl list' and 'etcdctl ls --recursive /deis/services'; an application that broke by itself meanwhile holds as well: mend it, or scale it to nothing.

          Then: `turnstile resume ROLLOUT`

        - **router@1 is not well: it said no**

          What to do: see 'deisctl list' and 'curl http://ROUTER:9090/health-check': the router must answer 200.

          Then: `turnstile resume ROLLOUT`

        - **no router but router@1 would serve**

          What to do: see 'deisctl list' and 'curl http://ROUTER:9090/health-check': the router must answer 200.

          Then: `turnstile resume ROLLOUT`

        - **the controller that answers is 1.13.3, not 1.13.4**

          What to do: see which image runs: 'docker ps' on the controller's machine.

          Then: `turnstile resume ROLLOUT`

        - **the next step starts the database of 1.13.4, which may change its data: from then on no way leads back to 1.13.3**

          What to do: be sure of the backup of database and store, made while they ran: it is the only way back afterwards; if you accept that no way leads back, say so with --yes, as below; or go back to the old version while that is possible: 'turnstile abandon ROLLOUT'.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --yes`


        ## release

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: any patch levels of one minor version go together**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - bring every member to etcd 3.0 first; no stable release on the way brings it; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: etcd goes up by one minor version at a time**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - bring every member to etcd 3.0 first; no stable release on the way brings it; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: from etcd 2 to etcd 3 there is one step, 2.3 to 3.0**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - bring every member to etcd 3.0 first; no stable release on the way brings it; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: its servers refuse peers as old as that: they answer 412, incompatible version**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - bring every member to etcd 3.0 first; no stable release on the way brings it; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: etcd is to go up by one minor version at a time**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - bring every member to etcd 3.0 first; no stable release on the way brings it; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: a server below the cluster version does not start**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - choose a target whose etcd is 2.3 or later; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: etcd 0.4 and 2 do not speak with each other: all members must be stopped at once**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - move the cluster to etcd 2 first, all members at once; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: etcd 2.2 and later do not read the data of 0.4**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - move the cluster to etcd 2 first, all members at once; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **with 1409.7.0 etcd would go from 2.3 to 3.3 on host 'core-1', and must not: nothing is known of how these two go together**

          What to do, by the case:
          - go through 1465.8.0 first: --to 1465.8.0; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.
          - read what etcd says of the way from 2.3, and go it by hand; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **1409.7.0 has no fleet any more, and host 'core-1' runs it from its image**

          What to do: go no further than 1353.8.0, the last stable release with it: --to 1353.8.0; beyond that the cluster must do without fleet first; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **1409.7.0 has no etcd 0.4 any more, and host 'core-1' runs it from its image**

          What to do: go no further than 1353.8.0, the last stable release with it: --to 1353.8.0; beyond that the cluster must do without etcd 0.4 first; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **1409.7.0 has no etcd2 any more, and host 'core-1' runs it from its image**

          What to do: go no further than 1353.8.0, the last stable release with it: --to 1353.8.0; beyond that the cluster must do without etcd2 first; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`

        - **1409.7.0 has no etcd-member any more, and host 'core-1' runs it from its image**

          What to do: go no further than 1353.8.0, the last stable release with it: --to 1353.8.0; beyond that the cluster must do without etcd-member first; a rollout keeps its target: end this one with 'turnstile abandon ROLLOUT', then begin the other.

          Waiting does not help.

          Then: `turnstile abandon ROLLOUT`


        ## space

        - **host 'core-1' has 0.0 MiB left on /boot for a kernel as large as the one that runs, and needs 0.0 MiB**

          What to do: see 'ls -lR /boot' on 'core-1', and remove what is neither a kernel nor the boot loader's.

          Waiting does not help.

          `--override space='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' has 0.0 MiB left on /var for the agent's record and the journal, and needs 0.0 MiB**

          What to do: free what /var on 'core-1' lies on: 'df /var', 'journalctl --vacuum-size=100M', docker's images.

          Waiting does not help.

          `--override space='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## step

        - **host 'core-1' did not come back within 901 s of its reboot: it said no**

          What to do: look at the console of 'core-1'; a plain reboot, or 'turnstile rollback core-1' once it answers, takes it back to its old partition; if it never comes back: 'turnstile lose core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' is up, and could not be read within 901 s of its reboot, as nothing takes ssh's call: it said no**

          What to do: 'core-1' is up, and nothing there takes ssh's call: on its console, see 'systemctl status sshd.socket sshd', and start what is not active; or name the port that it listens on; 'turnstile audit core-1' answers once it is there; a plain reboot, or 'turnstile rollback core-1' once it answers, takes it back to its old partition; if it is given up for good: 'turnstile lose core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' is still on the boot it was told to leave, after 2 requests**

          What to do: look at 'systemctl list-jobs' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' reverted: it rebooted towards 1409.7.0 and runs 1353.8.0 again**

          What to do: 'core-1' runs its old system, and is safe; see why it went back: 'turnstile audit core-1', and 'journalctl -b -1' on 'core-1' for the boot before; trying again overwrites the copy that failed.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **host 'core-1' came back on 1353.8.0, and the target is 1409.7.0**

          What to do: take it back with 'turnstile rollback core-1', unless 'turnstile audit core-1' shows that it went back already.

          A person's word clears it.

          Then: `turnstile rollback core-1`

        - **host 'core-1' went back to its old partition before: it said no**

          What to do: 'core-1' runs its old system, and is safe; see why it went back: 'turnstile audit core-1', and 'journalctl --list-boots' on 'core-1' for the boots before; trying again overwrites the copy that failed.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **host 'core-1' was rolled back from 1409.7.0, and runs 1353.8.0**

          What to do: upgrade it again with --retry-reverted, or give the hosts back with 'turnstile abandon ROLLOUT'.

          A person's word clears it.

          Then: `turnstile resume ROLLOUT --retry-reverted`

        - **host 'core-1' was not rolled back: it said no**

          What to do: look at 'core-1'; to ask for its way back once more: 'turnstile rollback core-1'.

          Then: `turnstile resume ROLLOUT`

        - **host 'core-1' runs 1409.7.0 on its single try, and cannot be given back from there**

          What to do: 'turnstile rollback core-1' takes it back to its old partition, and then goes on giving hosts back.

          Then: `turnstile rollback core-1`

        - **what was downloaded ahead on host 'core-1' was not armed: it said no**

          What to do, by the case:
          - let update-engine on 'core-1' come to its end, or stop it: 'systemctl stop update-engine'; resuming proves what was downloaded once more.
          - 'core-1' runs as before, and was given back; find out who did it: 'journalctl -u update-engine' on 'core-1'; resuming downloads the update in the host's turn.

          Then: `turnstile resume ROLLOUT`

        - **stage of host 'core-1' failed: it said no**

          What to do: look at 'journalctl -u turnstile-agent -u update-engine' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **evacuate of host 'core-1' failed: it said no**

          What to do: make 'kubectl get nodes' answer here; resuming asks for it again.

          Then: `turnstile resume ROLLOUT`

        - **reboot of host 'core-1' failed: it said no**

          What to do: look at 'journalctl -u turnstile-agent' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **commit of host 'core-1' failed: it said no**

          What to do: look at 'journalctl -u turnstile-agent -u update-engine' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **readmit of host 'core-1' failed: it said no**

          What to do: make 'kubectl get nodes' answer here; resuming asks for it again.

          Then: `turnstile resume ROLLOUT`

        - **rollback of host 'core-1' failed: it said no**

          What to do: look at 'journalctl -u turnstile-agent' on 'core-1'.

          Then: `turnstile resume ROLLOUT`

        - **abandon of host 'core-1' failed: it said no**

          What to do: mend what is said there: 'journalctl -u turnstile-agent' on 'core-1' tells more; then run 'turnstile abandon ROLLOUT' again, which goes on from here.

          Then: `turnstile abandon ROLLOUT`


        ## units

        - **fleet ran these before the rollout, and 'core-1' says that it does not run as many of them now: web.service**

          What to do: see 'fleetctl list-units' and their journals; one that is not to run any more: 'fleetctl stop UNIT'.

          `--override units='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **what fleet runs cannot be told through 'core-1': it said no**

          What to do: make 'fleetctl list-units' and 'fleetctl list-unit-files' answer on one of the hosts; or say gates.fleet.units: false.

          `--override units='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## units-failed

        - **units of host 'core-1' fail on 1409.7.0 that did not before the rollout: web.service, db.service**

          What to do: see 'journalctl -b -u web.service' on 'core-1', and mend it; or take the host back with 'turnstile rollback core-1'; what may fail for good: gates.units.ignore.

          `--override units-failed='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **services of host 'core-1' ran before the rollout and do not run on 1409.7.0, though they did not fail: web.service, db.service**

          What to do: see 'systemctl status web.service' on 'core-1', and start what is to run there; or take the host back with 'turnstile rollback core-1'; what need not run after a boot: gates.units.ignore.

          `--override units-failed='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **units of host 'core-1' are still being started: web.service**

          What to do: see 'systemctl list-jobs' on 'core-1'; what may take its time for good: gates.units.ignore.

          `--override units-failed='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **no unit of host 'core-1' was seen to fail for 6 s of the 31 s that prove it well**

          What to do: wait, or raise timeouts.rejoin.

          Time alone clears it.

          `--override units-failed='why'` passes it over.

          Then: `turnstile resume ROLLOUT`


        ## window

        - **the maintenance window closes in 5 min, and host 'core-1' may need 1 h 17 min**

          What to do: go on in the next window, or lower gates.window.per-host.

          Time alone clears it.

          `--override window='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **whether the maintenance window is open cannot be told: nothing says what time it is there**

          What to do: see that gates.window.zone names a time zone that this machine knows.

          `--override window='why'` passes it over.

          Then: `turnstile resume ROLLOUT`

        - **it is Mon 01:01, and the maintenance window is Sat 01:00-05:00: it opens in 1 h 17 min**

          What to do: go on when it is open, or change gates.window.open.

          Time alone clears it.

          `--override window='why'` passes it over.

          Then: `turnstile resume ROLLOUT`
        """#
}

#!/usr/bin/env python3
"""As much of a Kubernetes API server as kubectl and a drain need, over real HTTPS: discovery, nodes, leases, pods, evictions
with budgets, cluster roles with their bindings, and the controllers behind them. Everything is in memory.

kube_api.py ADDRESS SCENARIO RUN: listens on some port of ADDRESS; RUN/kubeconfig says how it is reached, RUN/log what was
asked to be changed, a line each. SCENARIO is JSON: {"token": T, "users": [name...], "kubelets": [node...], "nodes": [...], "pods": [...],
"budgets": [...]}; a budget's "refusals" is how many evictions it refuses (-1: all). Nodes named in "kubelets" have a living kubelet.
RUN/kubeconfig is an administrator's. A user has RUN/kubeconfig-NAME, and may do what cluster roles let that name do.
"""
import copy
import http.server
import json
import os
import re
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

EVICTED_AFTER_SECONDS = 0.5
LEASE_SECONDS = 1
# Of a node whose lease nobody renews (kube-controller-manager has 40).
GRACE_SECONDS = 8


class Refused(Exception):
    def __init__(self, code, reason, message, details=None):
        super().__init__(message)
        self.code = code
        self.status = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                       "message": message, "reason": reason, "details": details or {}, "code": code}


def merged(value, patch):
    """RFC 7386; a strategic patch of what is patched here means the same."""
    if not isinstance(patch, dict):
        return patch
    value = dict(value) if isinstance(value, dict) else {}
    for key, change in patch.items():
        if change is None:
            value.pop(key, None)
        else:
            value[key] = merged(value.get(key), change)
    return value


class Cluster:
    def __init__(self, scenario, log):
        self.lock = threading.RLock()
        self.log = log
        self.token = scenario.get("token")
        self.users = {f"token-of-{name}": name for name in scenario.get("users", [])}
        self.roles, self.bindings = {}, {}
        self.lacks_eviction = scenario.get("lacksEviction", False)
        self.version = 1000
        self.nodes, self.leases, self.pods, self.budgets = {}, {}, {}, {}
        self.refusals = {}
        self.kubelets = set(scenario.get("kubelets", []))
        for node in scenario.get("nodes", []):
            self.nodes[node["name"]] = self.stamped({
                "kind": "Node", "apiVersion": "v1",
                "metadata": {"name": node["name"], "annotations": {}},
                "spec": {"unschedulable": True} if node.get("cordoned") else {},
                "status": {"nodeInfo": {"machineID": node["machine"], "bootID": node["boot"]},
                           "conditions": [ready(True)]}})
            self.renew(node["name"])
        for pod in scenario.get("pods", []):
            self.add_pod(pod)
        for budget in scenario.get("budgets", []):
            key = (budget["namespace"], budget["name"])
            self.refusals[key] = budget.get("refusals", 0)
            self.budgets[key] = self.stamped({
                "kind": "PodDisruptionBudget", "apiVersion": "policy/v1",
                "metadata": {"namespace": key[0], "name": key[1]},
                "spec": {"minAvailable": 1, "selector": {"matchLabels": budget["labels"]}}, "status": {}})

    def stamped(self, thing):
        self.version += 1
        thing["metadata"]["resourceVersion"] = str(self.version)
        thing["metadata"].setdefault("uid", f"uid-{self.version}")
        return thing

    def tell(self, line):
        with open(self.log, "a") as file:
            file.write(line + "\n")

    def add_pod(self, pod):
        meta = {"namespace": pod["namespace"], "name": pod["name"], "labels": pod.get("labels", {})}
        if pod.get("mirror"):
            meta["annotations"] = {"kubernetes.io/config.mirror": "1"}
        if pod.get("owner"):
            meta["ownerReferences"] = [{"apiVersion": "apps/v1", "kind": pod["owner"], "name": "owner",
                                        "uid": "uid-owner", "controller": True}]
        volumes = [{"name": "scratch", "emptyDir": {}}] if pod.get("emptydir") else []
        self.pods[(pod["namespace"], pod["name"])] = self.stamped({
            "kind": "Pod", "apiVersion": "v1", "metadata": meta,
            "spec": {"nodeName": pod["node"], "volumes": volumes}, "status": {"phase": "Running"}})

    def renew(self, name):
        lease = self.leases.get(name) or {
            "kind": "Lease", "apiVersion": "coordination.k8s.io/v1",
            "metadata": {"namespace": "kube-node-lease", "name": name},
            "spec": {"holderIdentity": name, "leaseDurationSeconds": 40}}
        lease["spec"]["renewTime"] = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) + f".{time.time_ns() % 10**9 // 1000:06}Z"
        lease["seen"] = time.monotonic()
        self.leases[name] = self.stamped(lease)

    def controllers(self):
        """Kubelets, the lifecycle of nodes, the end of evicted pods, and a ReplicaSet that puts them elsewhere."""
        renewed = 0
        while True:
            time.sleep(0.1)
            with self.lock:
                now = time.monotonic()
                if now - renewed > LEASE_SECONDS:
                    renewed = now
                    for name in self.kubelets & set(self.nodes):
                        self.renew(name)
                for name, node in self.nodes.items():
                    conditions = node["status"].get("conditions", [])
                    if now - self.leases[name]["seen"] > GRACE_SECONDS and conditions[0]["status"] == "True":
                        node["status"]["conditions"] = [ready(None)]
                        self.stamped(node)
                for key, pod in list(self.pods.items()):
                    if pod.get("gone", now) < now:
                        del self.pods[key]
                        self.replace(pod)

    def replace(self, pod):
        owners = pod["metadata"].get("ownerReferences", [])
        places = sorted(name for name, node in self.nodes.items() if not node["spec"].get("unschedulable"))
        if not owners or not places:
            return
        again = copy.deepcopy(pod)
        again.pop("gone")
        again["metadata"].pop("uid")
        again["metadata"].pop("deletionTimestamp")
        again["metadata"]["name"] += "-again"
        again["spec"]["nodeName"] = places[0]
        self.pods[(again["metadata"]["namespace"], again["metadata"]["name"])] = self.stamped(again)

    def evict(self, namespace, name):
        pod = self.pods.get((namespace, name))
        if pod is None:
            raise Refused(404, "NotFound", f'pods "{name}" not found')
        for key in self.budgets_of(pod):
            if self.refusals[key] != 0:
                self.refusals[key] -= 1 if self.refusals[key] > 0 else 0
                self.tell(f"evict {namespace}/{name}: refused by {key[1]}")
                raise Refused(
                    429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.",
                    {"causes": [{"reason": "DisruptionBudget",
                                 "message": f"The disruption budget {key[1]} needs 1 healthy pods and has 1 currently"}]})
        self.tell(f"evict {namespace}/{name}")
        pod["metadata"]["deletionTimestamp"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        pod["gone"] = time.monotonic() + EVICTED_AFTER_SECONDS

    def budgets_of(self, pod):
        labels = pod["metadata"]["labels"]
        return [key for key, budget in self.budgets.items() if key[0] == pod["metadata"]["namespace"]
                and all(labels.get(k) == v for k, v in budget["spec"]["selector"]["matchLabels"].items())]

    def budget_list(self):
        for key, budget in self.budgets.items():
            budget["status"]["disruptionsAllowed"] = 0 if self.refusals[key] != 0 else 1
        return self.budgets.values()

    def user(self, authorization):
        """The name behind a request; None for the administrator."""
        if not self.token or authorization == f"Bearer {self.token}":
            return None
        name = self.users.get((authorization or "").removeprefix("Bearer "))
        if name is None:
            raise Refused(401, "Unauthorized", "Unauthorized")
        return name

    def allows(self, user, verb, group, resource):
        if user is None:
            return True
        roles = [binding["roleRef"]["name"] for binding in self.bindings.values()
                 if any((who["kind"], who["name"]) == ("User", user) for who in binding["subjects"])]
        rules = [rule for role in roles for rule in self.roles.get(role, {}).get("rules", [])]
        return any(group in rule["apiGroups"] and resource in rule["resources"] and verb in rule["verbs"] for rule in rules)

    def require(self, user, method, path):
        match = re.fullmatch(r"/(?:api/v1|apis/([^/]+)/v1)(?:/namespaces/[^/]+)?/([a-z]+)(?:/([^/]+)(?:/([a-z]+))?)?", path)
        if not match or match[2] == "selfsubjectaccessreviews":
            return
        group, resource, name, part = match[1] or "", match[2], match[3], match[4]
        verb = {"GET": "get" if name else "list", "POST": "create", "PUT": "update", "DELETE": "delete"}.get(method, "patch")
        whole = f"{resource}/{part}" if part else resource
        if not self.allows(user, verb, group, whole):
            raise Refused(403, "Forbidden", f'{resource} is forbidden: User "{user}" cannot {verb} resource "{whole}" '
                          f'in API group "{group}" at the cluster scope')

    def review(self, user, asked):
        resource = "/".join(filter(None, [asked["resource"], asked.get("subresource")]))
        return {"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "metadata": {},
                "spec": {"resourceAttributes": asked},
                "status": {"allowed": self.allows(user, asked["verb"], asked.get("group", ""), resource)}}

    def made(self, kind, thing):
        kind[thing["metadata"]["name"]] = self.stamped(thing)
        self.tell(f'{thing["kind"]} {thing["metadata"]["name"]}')
        return thing

    def patch_node(self, name, patch, is_status):
        if name not in self.nodes and is_status:
            # A kubelet that comes for the first time registers its node.
            self.nodes[name] = self.stamped({"kind": "Node", "apiVersion": "v1", "metadata": {"name": name, "annotations": {}},
                                             "spec": {}, "status": {}})
            self.renew(name)
        if name not in self.nodes:
            raise Refused(404, "NotFound", f'nodes "{name}" not found')
        node = self.nodes[name]
        wanted = patch.get("metadata", {}).pop("resourceVersion", None)
        if wanted is not None and wanted != node["metadata"]["resourceVersion"]:
            raise Refused(409, "Conflict", f'Operation cannot be fulfilled on nodes "{name}": the object has been modified; '
                          "please apply your changes to the latest version and try again", {"name": name, "kind": "nodes"})
        if is_status:
            node["status"] = merged(node["status"], patch["status"])
        else:
            self.tell(f"patch {name} {json.dumps({k: patch[k] for k in sorted(patch) if patch[k]}, sort_keys=True)}")
            node["spec"] = merged(node["spec"], patch.get("spec", {}))
            node["metadata"] = merged(node["metadata"], patch.get("metadata", {}))
        return self.stamped(node)


def ready(value):
    return {"type": "Ready", "status": {True: "True", False: "False", None: "Unknown"}[value],
            "reason": "KubeletReady" if value else "NodeStatusUnknown",
            "message": "kubelet is posting ready status" if value else "Kubelet stopped posting node status."}


def shown(thing):
    return {key: value for key, value in thing.items() if key not in ("seen", "gone")}


def fields(message):
    """The fields of a protobuf message that has but strings and messages, each by its number."""
    found, at = {}, 0

    def number():
        nonlocal at
        value, shift = 0, 0
        while True:
            at, byte = at + 1, message[at]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = number()
        if key & 7 != 2:
            raise Refused(400, "BadRequest", f"field {key >> 3} is neither text nor a message")
        size = number()
        found[key >> 3], at = message[at:at + size], at + size
    return found


def attributes(body):
    """What a review asks about. kubectl sends reviews as protobuf: a magic number and the raw message (2), of which the spec is 2,
    and in that the attributes are 1."""
    if isinstance(body, dict):
        return body["spec"]["resourceAttributes"]
    spec = fields(fields(body[4:])[2])[2]
    names = {1: "namespace", 2: "verb", 3: "group", 4: "version", 5: "resource", 6: "subresource", 7: "name"}
    return {names[key]: value.decode() for key, value in fields(fields(spec)[1]).items() if key in names}


def things(kind, version, items):
    return {"kind": kind + "List", "apiVersion": version, "metadata": {"resourceVersion": "1"},
            "items": [shown(item) for item in items]}


def resources(version, *rows):
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version,
            "resources": [{"name": name, "singularName": "", "namespaced": spaced, "kind": kind,
                           "verbs": ["create", "get", "list", "patch", "update"]} for name, kind, spaced in rows]}


GROUPS = [(name, "v1") for name in ("apps", "authorization.k8s.io", "coordination.k8s.io", "policy", "rbac.authorization.k8s.io")]
RBAC = "rbac.authorization.k8s.io/v1"
ROLES = (("clusterroles", "ClusterRole", False), ("clusterrolebindings", "ClusterRoleBinding", False))
DISCOVERY = {
    "/api": {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
        {"name": name, "versions": [{"groupVersion": f"{name}/{version}", "version": version}],
         "preferredVersion": {"groupVersion": f"{name}/{version}", "version": version}} for name, version in GROUPS]},
    "/api/v1": resources("v1", ("nodes", "Node", False), ("pods", "Pod", True)),
    "/apis/apps/v1": resources("apps/v1", ("daemonsets", "DaemonSet", True)),
    "/apis/coordination.k8s.io/v1": resources("coordination.k8s.io/v1", ("leases", "Lease", True)),
    "/apis/policy/v1": resources("policy/v1", ("poddisruptionbudgets", "PodDisruptionBudget", True)),
    "/apis/authorization.k8s.io/v1": resources(
        "authorization.k8s.io/v1", ("selfsubjectaccessreviews", "SelfSubjectAccessReview", False)),
    f"/apis/{RBAC}": resources(RBAC, *ROLES),
    # By which kubectl knows that the server itself looks at what is applied.
    "/openapi/v3": {"paths": {f"apis/{RBAC}": {"serverRelativeURL": f"/openapi/v3/apis/{RBAC}"}}},
    f"/openapi/v3/apis/{RBAC}": {"openapi": "3.0.0", "info": {"title": "practice", "version": "v1"}, "paths": {
        f"/apis/{RBAC}/{name}/{{name}}": {"patch": {
            "parameters": [{"name": "fieldValidation", "in": "query"}], "responses": {},
            "x-kubernetes-group-version-kind": {"group": RBAC.split("/")[0], "version": "v1", "kind": kind}}}
        for name, kind, _ in ROLES}},
}

# kubectl deletes pods where a server does not say this of itself.
DISCOVERY["/api/v1"]["resources"].append({
    "name": "pods/eviction", "singularName": "", "namespaced": True, "group": "policy", "version": "v1", "kind": "Eviction",
    "verbs": ["create"]})


def answer(cluster, user, method, path, query, body):
    """The status and the document for one request; `user` is None for the administrator."""
    cluster.require(user, method, path)
    if method == "GET" and path in DISCOVERY:
        document = DISCOVERY[path]
        if cluster.lacks_eviction and "resources" in document:
            rest = [row for row in document["resources"] if row["kind"] != "Eviction"]
            document = {**document, "resources": rest}
        return 200, document
    selector = dict(part.split("=", 1) for part in query.get("fieldSelector", [""])[0].split(",") if part)
    routes = [
        ("GET", r"/api/v1/nodes", lambda: things("Node", "v1", cluster.nodes.values())),
        ("GET", r"/api/v1/nodes/([^/]+)", lambda name: one(cluster.nodes, name, "nodes")),
        ("PATCH", r"/api/v1/nodes/([^/]+)", lambda name: shown(cluster.patch_node(name, body, False))),
        ("PATCH", r"/api/v1/nodes/([^/]+)/status", lambda name: shown(cluster.patch_node(name, body, True))),
        ("GET", r"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases",
         lambda: things("Lease", "coordination.k8s.io/v1", cluster.leases.values())),
        ("PUT", r"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/([^/]+)",
         lambda name: (cluster.renew(name), shown(cluster.leases[name]))[1]),
        ("GET", r"/api/v1/pods", lambda: things("Pod", "v1", [
            pod for pod in cluster.pods.values()
            if selector.get("spec.nodeName", pod["spec"]["nodeName"]) == pod["spec"]["nodeName"]])),
        ("GET", r"/api/v1/namespaces/([^/]+)/pods/([^/]+)", lambda space, name: one(cluster.pods, (space, name), "pods")),
        ("POST", r"/api/v1/namespaces/([^/]+)/pods/([^/]+)/eviction", cluster.evict),
        ("GET", r"/apis/apps/v1/namespaces/([^/]+)/daemonsets/([^/]+)",
         lambda space, name: {"kind": "DaemonSet", "apiVersion": "apps/v1", "metadata": {"namespace": space, "name": name}}),
        ("GET", r"/apis/policy/v1/poddisruptionbudgets",
         lambda: things("PodDisruptionBudget", "policy/v1", cluster.budget_list())),
        ("POST", r"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", lambda: cluster.review(user, attributes(body))),
    ]
    for name, kept in (("clusterroles", cluster.roles), ("clusterrolebindings", cluster.bindings)):
        routes += [
            ("GET", rf"/apis/{RBAC}/{name}/([^/]+)", lambda key, kept=kept, name=name: one(kept, key, name)),
            ("POST", rf"/apis/{RBAC}/{name}", lambda kept=kept: cluster.made(kept, body)),
            ("PATCH", rf"/apis/{RBAC}/{name}/([^/]+)", lambda key, kept=kept: cluster.made(kept, merged(kept[key], body))),
        ]
    for wanted, pattern, act in routes:
        match = re.fullmatch(pattern, path)
        if match and wanted == method:
            document = act(*map(urllib.parse.unquote, match.groups()))
            return (201 if method == "POST" else 200), document or {"kind": "Status", "apiVersion": "v1", "status": "Success"}
    if method != "GET":
        cluster.tell(f"{method} {path}")
    raise Refused(404, "NotFound", "the server could not find the requested resource")


def one(found, key, kind):
    if key not in found:
        raise Refused(404, "NotFound", f'{kind} "{key}" not found')
    return shown(found[key])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cluster = None

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urllib.parse.urlsplit(self.path)
        try:
            with self.cluster.lock:
                user = self.cluster.user(self.headers.get("Authorization"))
                code, document = answer(self.cluster, user, self.command, url.path, urllib.parse.parse_qs(url.query),
                                        json.loads(body) if "json" in self.headers.get("Content-Type", "") else body)
                text = json.dumps(document).encode()
        except Refused as refused:
            code, text = refused.code, json.dumps(refused.status).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def log_message(self, *words):
        pass


def main():
    address, scenario, run = sys.argv[1], sys.argv[2], os.path.abspath(sys.argv[3])
    with open(scenario) as file:
        Handler.cluster = Cluster(json.load(file), os.path.join(run, "log"))
    open(Handler.cluster.log, "a").close()
    server = Server((address, 0), Handler)
    server.daemon_threads = True
    certificate, key = (os.path.join(run, name) for name in ("server.pem", "server.key"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=practice", "-addext", f"subjectAltName=IP:{address}",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    Server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    Server.context.load_cert_chain(certificate, key)
    threading.Thread(target=Handler.cluster.controllers, daemon=True).start()
    # A kubeconfig may be JSON, which is YAML. kubectl sends a token over TLS alone.
    def kubeconfig(token):
        return json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "practice",
            "clusters": [{"name": "practice", "cluster": {
                "server": f"https://{address}:{server.server_port}", "certificate-authority": certificate}}],
            "users": [{"name": "practice", "user": {"token": token}}],
            "contexts": [{"name": "practice", "context": {"cluster": "practice", "user": "practice"}}]})

    for token, name in Handler.cluster.users.items():
        write(os.path.join(run, f"kubeconfig-{name}"), kubeconfig(token))
    write(os.path.join(run, "kubeconfig"), kubeconfig(Handler.cluster.token))
    server.serve_forever()


class Server(http.server.ThreadingHTTPServer):
    """Shakes hands in the thread of the connection, so that a silent client keeps nobody waiting."""
    context = None

    def finish_request(self, request, client_address):
        request.settimeout(30)
        with self.context.wrap_socket(request, server_side=True) as secured:
            self.RequestHandlerClass(secured, client_address, self)

    def handle_error(self, request, client_address):
        pass


def write(path, text):
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


main()

# The answer of `adtopo route`, or of `adtopo sweep`, as KEY=VALUE lines.
def list: join(",");
def route:
    "outcome=\(.outcome)", "path=\(.path | list)", "relay=\(.relay | list)",
    "links=\(.links | list)", "cost=\(.cost)", "hops=\(.hops)", "decided=\(.decidedBy)",
    "connector=\(.connector // "-")", "legacy=\(.legacyPath | list)", "queue=\(.queue // "-")",
    "backoff=\(.backoff | list)", "copies=\(.copies)", "forks=\(.forks | list)",
    "servers=\(.servers | list)",
    (.costVector // empty | "vector=\(map(tostring) | list)"),
    (.anyOf[] | "any=\(list)"),
    (.transfers[] | "transfer=\(.from)>\(.to)"),
    (.rejected[] | "rejected=\(.candidate):\(.reason)"),
    (.notices[] | "notice=\(.notice)", "notice=\(.notice):\(.name // "-")", "event=\(.event // 0)"),
    (.tracking[] | "tracking=\(.hop):\(.tool)");
def base:
    (.lost[] | "base-lost=\(.from)>\(.to)"),
    (.changed[] | "base-changed=\(.from)>\(.to):\(.before)>\(.after // "-")"),
    (.waiting[] | "base-waiting=\(.from)>\(.to)"),
    (.spaces[] | "base-space=\(.)");
def sweep:
    (.base // empty | base), "suppression=\(.suppression)", "loops=\(.loops | length)",
    (.loops[] | "loop=\(.destination):\(.connector):\(.cycle | list)"),
    (.removals[] | .name as $name | "removal=\(.kind):\(.name)",
        (.lost[] | "lost=\($name):\(.from)>\(.to)"),
        (.changed[] | "changed=\($name):\(.from)>\(.to):\(.before)>\(.after // "-")"),
        (.waiting[] | "waiting=\($name):\(.from)>\(.to)"),
        (.spaces[] | "space=\($name):\(.)"));
(if has("removals") then sweep else route end) | gsub(" "; "_")

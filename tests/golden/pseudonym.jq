# An audit's report with the real names put back: `jq --rawfile map MAP -f pseudonym.jq REPORT`, MAP
# holding "real<TAB>invented" lines. Letter case, escapes in names and the order of findings do not count, nor what
# tells two files of one directory apart.

def words: "(alias|name)[0-9]+ü?x*";
def marks: " \\((FYDIBOHF23SPDLT|DWBGZMFD01QNBJR)\\)";
def guids: "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
def addresses: "[0-9]+(\\.[0-9]+){3}|[0-9a-f:]*::[0-9a-f:]*";

($map | split("\n") | map(select(. != "") | split("\t") | {(.[1]): .[0]}) | add // {}) as $real
| def restored: gsub("(?<name>" + words + "|" + guids + "|" + addresses + ")(?<mark>" + marks + ")?";
    $real[.name + (.mark // "")] // (($real[.name] // .name) + (.mark // "")))
    | gsub("\\\\"; "") | ascii_downcase;

del(.sources, .diagnostics)
| walk(if type == "object" then del(.origin, .fingerprint)
       elif type == "string" then restored
       else . end)
| .findings |= sort_by(tostring)
| .notAssessed |= sort_by(tostring)

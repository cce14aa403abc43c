# Compares what tests/golden/judge prints with the heads of the fixtures.
#
#   awk -v said=FOLDER -f rules.awk TABLE REPORT
#
# TABLE has a line "organisation|scenario|policy|changes|raises|not assessed" for each
# fixture, in the order of the report; an organisation by itself has no changes.
# Prints "ok|WHAT" or "fail|WHAT|WHY", and writes to FOLDER/X what the rule of
# the fixture X.ldif says there, and what others add to what they say of its
# organisation.

function close_case() {
    if (current == "")
        return
    if (unread != "")
        print "fail|" name "|" unread
    else
        judge_case()
    if (own != "") {
        close(own)
        own = ""
    }
}

# Rules that the fixture raises over what its organisation does, in order: of
# notes only its own rule counts. An organisation shows all it raises.
function judge_case(    raised, i, id, count, wanted) {
    raised = ""
    for (i = 1; i <= rules; i++) {
        id = order[i]
        if (changes == "")
            bare[base, id] = weight[id]
        else if (id != rule && (weight[id] == "info" || bare[base, id] ~ /warning|error/))
            continue
        raised = raised " " id
    }
    raised = raised == "" ? "-" : substr(raised, 2)
    if (raises[current] == "")
        return
    if (raised == raises[current])
        print "ok|" name
    else
        print "fail|" name "|its head says: " raises[current] "; raised: " raised
    judge_kind(" " raised " ")
    count = split(open_rules[current], wanted, " ")
    for (i = 1; i <= count; i++)
        print ((wanted[i] in unjudged) ? "ok|" : "fail|") name ": " wanted[i] " is not assessed|"
}

# Whether the file does what its name says. A rule that an audit cannot raise,
# because the directory does not decide it, says so in the head.
function judge_kind(raised,    there) {
    there = index(raised, " " rule " ") > 0
    if (changes ~ /\.near/ && there)
        print "fail|" name "|a near miss may not raise " rule
    if (changes ~ /\.raise/ && !there && open_rules[current] == "")
        print "fail|" name "|it has to raise " rule
}

function remember(id, severity,    i) {
    if (!(id in weight)) {
        for (i = ++rules; i > 1 && order[i - 1] > id; i--)
            order[i] = order[i - 1]
        order[i] = id
        weight[id] = severity
    } else if (weight[id] == "info") {
        weight[id] = severity
    }
}

FILENAME == ARGV[1] {
    split($0, field, "|")
    raises[FNR] = field[5]
    open_rules[FNR] = field[6]
    expected = FNR
    next
}

/^== / {
    close_case()
    current++
    split(substr($0, 4), field, "|")
    base = field[1] "|" field[2] "|" field[3]
    changes = field[4]
    name = changes == "" ? field[1] : changes
    rule = changes
    sub(/.*\//, "", rule)
    if (rule != "") {
        own = said "/" rule
        sub(/\.ldif$/, "", own)
        printf "" >own
    }
    sub(/\..*/, "", rule)
    split("", weight)
    split("", unjudged)
    rules = speaks = 0
    unread = ""
    next
}

/^(unread|refused) / { unread = $0 }

/^[A-Z]+[0-9]+ / {
    speaks = $1 == rule
    if (changes == "")
        usual[base, $0]
    else if (!speaks && !((base, $0) in usual))
        print >own
    if ($2 == "open")
        unjudged[$1]
    else
        remember($1, substr($2, 1, length($2) - 1))
}

speaks && own != "" { print >own }

END {
    close_case()
    if (current != expected)
        print "fail|" name "|the judge ended there"
}

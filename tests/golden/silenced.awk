# Reads a report of tests/golden/judge that begins with whole.ldif, and prints the rules that found
# something there and say nothing of one of the other files, for tests/golden/sight.sh. Those that
# found something are appended to the file `proven`.

BEGIN { FS = "[ :]" }

/^== / {
    part = $0
    gsub(/^.*\/|\|.*$/, "", part)
    parts[part]
    next
}

# Refusing to judge is an answer; being unable to read the copy is none.
/^refused / { answered[part] = 1 }
/^unread / { print part ": " $0 }

/^[A-Z]+[0-9]+ / {
    spoken[part, $1]
    if (part == "whole.ldif" && $2 != "open")
        found[$1]
}

END {
    for (rule in found)
        print rule >>proven
    for (part in parts)
        for (rule in found)
            if (!answered[part] && !((part, rule) in spoken))
                print rule " is silent: " part
}

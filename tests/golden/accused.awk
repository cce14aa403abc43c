# Reads a report of tests/golden/judge that begins with whole.ldif, and prints what rules say of one
# of the other files as a warning or an error about an object of which they say nothing as grave in
# the whole.

BEGIN { FS = "[ :]" }

/^== / {
    part = $0
    gsub(/^.*\/|\|.*$/, "", part)
    next
}

/^[A-Z]+[0-9]+ (warning|error): / {
    rule = $1
    message = $0
    next
}

/^    about / && message != "" {
    if (part == "whole.ldif")
        known[rule, $0]
    else if (!((rule, $0) in known))
        print part ": " message
}

{ message = "" }

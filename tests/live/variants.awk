# Writes an LDIF file in UTF-8 otherwise, without changing what it says; -v how= tells in which way:
#
#   reverse   the records in the opposite order
#   shuffle   the records in an order that depends on their number only
#   refold    every line folded anew, at 23 bytes, so that names and values break elsewhere
#   unfold    every line in one piece
#   content   as records of content: `changetype: add` left out
#
# Run it under LC_ALL=C, where a character is a byte.

BEGIN { PRIME = 7919 }

{ sub(/\r$/, "") }

# A line that goes on.
/^ / { line[lines] = line[lines] substr($0, 2); next }

{ line[++lines] = $0 }

END {
    for (i = 1; i <= lines; i++)
        take(line[i])
    if (how == "reverse" || how == "shuffle")
        print_records()
}

function take(text) {
    if (how == "reverse" || how == "shuffle")
        collect(text)
    else if (how == "content" && text == "changetype: add")
        return
    else if (how == "refold")
        fold(text, 23)
    else
        print text
}

# A comment would be a line too many between two lines that belong together: only whole lines fold.
function fold(text, width) {
    if (text ~ /^#/) {
        print text
        return
    }
    print substr(text, 1, width)
    for (text = substr(text, width + 1); text != ""; text = substr(text, width))
        print " " substr(text, 1, width - 1)
}

function collect(text) {
    if (text ~ /^#/ || text ~ /^version:/)
        return
    if (text == "") {
        open_record = 0
        return
    }
    if (!open_record)
        records++
    open_record = 1
    record[records] = record[records] text "\n"
}

# Multiplying by a prime visits every number once, unless the prime divides their count.
function print_records(    i, place) {
    for (i = 0; i < records; i++) {
        place = how == "reverse" ? records - i : (i * PRIME) % records + 1
        print record[place]
    }
}

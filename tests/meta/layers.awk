# Prints "file:line: complaint" for each #include that the layers forbid.
# Files are named from the top of the tree: src/model/link.c.

BEGIN {
    count = split("base directory source model routing rules report api cli", order, " ")
    for (i = 1; i <= count; i++)
        rank[order[i]] = i

    # The C library and GLib are for everyone. What touches the world outside the
    # process has its place; the public functions are defined in src/api.
    everyone = "assert ctype errno float inttypes limits locale math stdarg stdbool stddef " \
        "stdint stdio stdlib string time glib glib/gstdio"
    allow("base", "sys/mman") # huge pages for large arenas
    allow("source", "ldap lber sasl/sasl zlib fcntl netdb unistd " \
        "sys/mman sys/socket sys/stat sys/types sys/time signal")
    allow("rules", "arpa/inet") # addresses as text, no network
    allow("report", "arpa/inet jansson libsmartcols/libsmartcols unistd")
    allow("api", "adtopo/adtopo")
    allow("cli", "adtopo/adtopo fcntl unistd termios sys/ioctl sys/stat sys/types signal " \
        "malloc") # how it gives memory back is the program's choice, not the library's
    count = split(everyone, list, " ")
    for (i = 1; i <= count; i++)
        common[list[i]] = 1
}

function allow(folder, names,    list, i, n) {
    n = split(names, list, " ")
    for (i = 1; i <= n; i++)
        special[folder, list[i]] = 1
}

function complain(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
}

function own_header(name,    part) {
    if (name == "config.h") {
        if (FILENAME ~ /\.h$/)
            complain("a header may not include config.h")
        return
    }
    split(name, part, "/")
    if (folder == "public")
        complain("the public header includes \"" name "\"")
    else if (!(part[1] in rank) || part[2] == "")
        complain("\"" name "\" does not name its layer, as \"base/arena.h\" does")
    else if (folder == "cli" && part[1] != "cli")
        complain("the program reaches into the library: \"" name "\"")
    else if (rank[part[1]] > rank[folder])
        complain("src/" folder " (layer " rank[folder] ") includes \"" name \
            "\" of layer " rank[part[1]])
}

function outside_header(name) {
    sub(/\.h$/, "", name)
    if (folder == "public") {
        if (name !~ /^(stdbool|stddef|stdint|stdio|time)$/)
            complain("the public header includes <" name ".h>, which is more than plain C")
    } else if (!(name in common) && !((folder, name) in special)) {
        complain("<" name ".h> is not for src/" folder)
    }
}

FNR == 1 {
    split(FILENAME, path, "/")
    folder = path[1] == "src" ? path[2] : "public"
    if (folder != "public" && !(folder in rank))
        complain("src/" folder " is not in the table of layers")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    if (quoted[2] ~ /^adtopo\//)
        outside_header(quoted[2])
    else
        own_header(quoted[2])
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, quoted, /[<>]/)
    outside_header(quoted[2])
}

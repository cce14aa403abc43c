/*
 * The yardstick of the benchmark: libldap's own LDIF reader in a loop that takes every record apart
 * and builds nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include <ldap.h>
#include <ldif.h> /* wants stdio.h before it */

static unsigned long count_lines(char *record)
{
    unsigned long lines = 0;
    char *line;

    while ((line = ldif_getline(&record)) != NULL) {
        struct berval type;
        struct berval value;
        int freeval = 0;

        if (ldif_parse_line2(line, &type, &value, &freeval) == 0)
            lines++;
        if (freeval)
            ber_memfree(value.bv_val);
    }
    return lines;
}

int main(int argc, char **argv)
{
    LDIFFP *file = argc > 1 ? ldif_open(argv[1], "r") : NULL;
    unsigned long number = 0;
    unsigned long records = 0;
    unsigned long lines = 0;
    char *buffer = NULL;
    int room = 0;

    if (file == NULL)
        return EXIT_FAILURE;
    for (; ldif_read_record(file, &number, &buffer, &room) > 0; records++)
        lines += count_lines(buffer);
    ber_memfree(buffer);
    ldif_close(file);
    printf("%lu records, %lu lines\n", records, lines);
    return EXIT_SUCCESS;
}

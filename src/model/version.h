#ifndef ADTOPO_MODEL_VERSION_H
#define ADTOPO_MODEL_VERSION_H

#include "directory/entry.h"

#include <stdbool.h>
#include <stdint.h>

/* The product a server runs. The order is that of release: comparisons are meaningful above
 * UNKNOWN. */
typedef enum Family {
    FAMILY_UNKNOWN,
    FAMILY_5_5,
    FAMILY_2000,
    FAMILY_2003,
    FAMILY_2007,
    FAMILY_2010,
    FAMILY_2013,
    FAMILY_2016,
    FAMILY_2019,
    FAMILY_SE, /* Subscription Edition: shares 15.2 with 2019, from build 2562 */
} Family;

/*
 * A server's version. It comes from serialNumber ("Version 6.5 (Build 7638.2: Service Pack 2)";
 * from 2007 the printed build is the real one plus 30000) and is checked against versionNumber
 * (up to 2003 the plain build; from 2007 packed: bits 28-31 are 7, 22-27 major, 16-21 minor,
 * 0-14 build).
 */
typedef struct Version {
    Family family;
    uint16_t major;
    uint16_t minor;
    uint32_t build;
    uint32_t revision;
    uint8_t
        service_pack; /* 0: none. Up to 2003 from the text, else from the build; 2007 and 2010 from
                              the minor number; not known later */
    bool from_serial; /* serialNumber was there and understood */
    bool from_number; /* versionNumber was there and understood */
    bool contradictory; /* both were, and they name different products */
} Version;

/* Decodes both attributes of a server's entry. */
Version version_decode(const Entry *entry);

/* Parses one serialNumber text; FALSE, and *version untouched, when it is of no known form. */
bool version_parse_serial(const char *text, size_t length, Version *version);

/* "6.5.7638.2"; "unknown" for an unknown family. The caller frees it. */
char *version_text(const Version *version);

/* "2003", "2007", "SE", "5.5", "unknown": static. */
const char *family_name(Family family);

/* <0, 0, >0 by major, minor, build, revision. */
int version_compare(const Version *a, const Version *b);

#endif

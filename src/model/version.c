/*
 * Versions. serialNumber is text for people and holds most; versionNumber is a number whose meaning
 * changed with Exchange 2007. The first is taken where it parses, the second stands in for it.
 */
#include "model/version.h"

#include <glib.h>
#include <string.h>

/* What is left of a text that is being parsed. */
typedef struct Scan {
    const char *at;
    const char *end;
} Scan;

static void skip_blanks(Scan *scan)
{
    while (scan->at < scan->end && *scan->at == ' ')
        scan->at++;
}

static bool take_word(Scan *scan, const char *word)
{
    size_t length = strlen(word);

    skip_blanks(scan);
    if ((size_t)(scan->end - scan->at) < length)
        return false;
    /* As Exchange writes it, it is compared at once; others write it as they like. */
    if (memcmp(scan->at, word, length) != 0 && g_ascii_strncasecmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

/* A number of at most nine digits, so that it fits. */
static bool take_number(Scan *scan, uint32_t *number)
{
    const char *start = scan->at;
    uint32_t value = 0;

    while (scan->at < scan->end && g_ascii_isdigit(*scan->at) && scan->at - start < 9)
        value = value * 10 + (uint32_t)(*scan->at++ - '0');
    *number = value;
    return scan->at > start;
}

static Family family_of(unsigned major, unsigned minor, uint32_t build)
{
    static const struct {
        unsigned major;
        unsigned minor;
        Family family;
    } products[] = {
        {5, 5, FAMILY_5_5},   {6, 0, FAMILY_2000},  {6, 5, FAMILY_2003},
        {15, 0, FAMILY_2013}, {15, 1, FAMILY_2016}, {15, 2, FAMILY_2019},
    };
    enum { FIRST_SUBSCRIPTION_BUILD = 2562 };

    if (major == 8)
        return FAMILY_2007;
    if (major == 14)
        return FAMILY_2010;
    for (guint i = 0; i < G_N_ELEMENTS(products); i++) {
        if (products[i].major != major || products[i].minor != minor)
            continue;
        return products[i].family == FAMILY_2019 && build >= FIRST_SUBSCRIPTION_BUILD
                   ? FAMILY_SE
                   : products[i].family;
    }
    return FAMILY_UNKNOWN;
}

/* The builds with which service packs of 2000 and 2003 came out (serialNumber's, not those of the
 * files). Newest first. */
static uint8_t service_pack_by_build(Family family, uint32_t build)
{
    static const struct {
        Family family;
        uint32_t build;
        uint8_t pack;
    } packs[] = {
        {FAMILY_2003, 7638, 2}, {FAMILY_2003, 7226, 1}, {FAMILY_2000, 6249, 3},
        {FAMILY_2000, 5762, 2}, {FAMILY_2000, 4712, 1}, {FAMILY_5_5, 2653, 4},
        {FAMILY_5_5, 2650, 3},  {FAMILY_5_5, 2448, 2},  {FAMILY_5_5, 2232, 1},
    };

    for (guint i = 0; i < G_N_ELEMENTS(packs); i++)
        if (packs[i].family == family && build >= packs[i].build)
            return packs[i].pack;
    return 0;
}

/* Fills in what follows from the numbers; `told` is the service pack named in words, or 0. */
static void version_conclude(Version *version, uint32_t told)
{
    version->family = family_of(version->major, version->minor, version->build);
    if (version->family == FAMILY_2007 || version->family == FAMILY_2010)
        version->service_pack = (uint8_t)version->minor;
    else if (told > 0 && told < 10)
        version->service_pack = (uint8_t)told;
    else
        version->service_pack = service_pack_by_build(version->family, version->build);
}

/* The first number of what follows the colon: "Service Pack 2". */
static uint32_t take_service_pack(Scan *scan)
{
    uint32_t pack = 0;

    if (!take_word(scan, ":"))
        return 0;
    while (scan->at < scan->end && !g_ascii_isdigit(*scan->at))
        scan->at++;
    take_number(scan, &pack);
    return pack;
}

/* "6.5" or "8.0a" */
static bool take_product(Scan *scan, Version *version)
{
    uint32_t major;
    uint32_t minor;

    skip_blanks(scan);
    if (!take_number(scan, &major) || !take_word(scan, ".") || !take_number(scan, &minor))
        return false;
    if (major > UINT8_MAX || minor > UINT8_MAX)
        return false;
    if (scan->at < scan->end && g_ascii_isalpha(*scan->at))
        scan->at++;
    version->major = (uint16_t)major;
    version->minor = (uint16_t)minor;
    return true;
}

bool version_parse_serial(const char *text, size_t length, Version *version)
{
    enum { PRINTED_OFFSET = 30000, FIRST_WITH_OFFSET = 8 };
    Scan scan = {.at = text, .end = length > 0 ? text + length : text};
    Version parsed = {.from_serial = true};

    if (!take_word(&scan, "Version") || !take_product(&scan, &parsed))
        return false;
    if (!take_word(&scan, "(") || !take_word(&scan, "Build"))
        return false;
    skip_blanks(&scan);
    if (!take_number(&scan, &parsed.build))
        return false;
    if (take_word(&scan, "."))
        take_number(&scan, &parsed.revision);
    if (parsed.major >= FIRST_WITH_OFFSET && parsed.build >= PRINTED_OFFSET)
        parsed.build -= PRINTED_OFFSET;
    version_conclude(&parsed, take_service_pack(&scan));
    if (parsed.family == FAMILY_UNKNOWN)
        return false;
    *version = parsed;
    return true;
}

/* Up to 2003 the plain build number: each product has a range of its own. */
static void decode_plain_number(uint32_t number, Version *version)
{
    static const struct {
        uint32_t first;
        uint32_t last;
        uint16_t major;
        uint16_t minor;
    } ranges[] = {{1960, 2999, 5, 5}, {4417, 6943, 6, 0}, {6944, 9999, 6, 5}};

    for (guint i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (number < ranges[i].first || number > ranges[i].last)
            continue;
        version->major = ranges[i].major;
        version->minor = ranges[i].minor;
        version->build = number;
    }
}

static bool decode_number(int64_t number, Version *version)
{
    uint32_t bits = (uint32_t)number;

    *version = (Version){.from_number = true};
    if (number < 0 || number > UINT32_MAX)
        return false;
    if (bits >> 28 == 7) {
        version->major = (uint16_t)(bits >> 22 & 0x3f);
        version->minor = (uint16_t)(bits >> 16 & 0x3f);
        version->build = bits & 0x7fff;
    } else {
        decode_plain_number(bits, version);
    }
    version_conclude(version, 0);
    return version->family != FAMILY_UNKNOWN;
}

/* serialNumber may have several values: the first that parses counts. */
static bool decode_serial(const Entry *entry, Version *version)
{
    guint count;
    const Value *values = entry_values(entry, ATTR_serialNumber, &count);

    for (guint i = 0; i < count; i++) {
        uint32_t length;
        const char *text = value_bytes(&values[i], &length);

        if (text != NULL && version_parse_serial(text, length, version))
            return true;
    }
    return false;
}

/* 2019 and the Subscription Edition are one product in this respect: an update leads from one to
 * the other. */
static bool same_product(Family a, Family b)
{
    return (a == FAMILY_SE ? FAMILY_2019 : a) == (b == FAMILY_SE ? FAMILY_2019 : b);
}

Version version_decode(const Entry *entry)
{
    Version serial = {0};
    Version plain = {0};
    int64_t number;
    bool has_serial = decode_serial(entry, &serial);
    bool has_number = entry_integer(entry, ATTR_versionNumber, &number) &&
                      decode_number(number, &plain);

    if (!has_serial)
        return has_number ? plain : (Version){0};
    serial.from_number = has_number;
    serial.contradictory = has_number && !same_product(serial.family, plain.family);
    return serial;
}

char *version_text(const Version *version)
{
    if (version->family == FAMILY_UNKNOWN)
        return g_strdup("unknown");
    return g_strdup_printf("%u.%u.%u.%u", version->major, version->minor, version->build,
                           version->revision);
}

const char *family_name(Family family)
{
    static const char *const names[] = {
        [FAMILY_UNKNOWN] = "unknown", [FAMILY_5_5] = "5.5",   [FAMILY_2000] = "2000",
        [FAMILY_2003] = "2003",       [FAMILY_2007] = "2007", [FAMILY_2010] = "2010",
        [FAMILY_2013] = "2013",       [FAMILY_2016] = "2016", [FAMILY_2019] = "2019",
        [FAMILY_SE] = "SE",
    };

    return (guint)family < G_N_ELEMENTS(names) ? names[family] : names[FAMILY_UNKNOWN];
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

int version_compare(const Version *a, const Version *b)
{
    int order = compare_numbers(a->major, b->major);

    if (order == 0)
        order = compare_numbers(a->minor, b->minor);
    if (order == 0)
        order = compare_numbers(a->build, b->build);
    return order != 0 ? order : compare_numbers(a->revision, b->revision);
}

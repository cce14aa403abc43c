/* The numbers that setup writes, in one place: rules ask for the product, not for the number. */
#include "rules/levels.h"

/* By product; a family's later rows are its later releases. */
static const PreparationLevel levels[] = {
    {FAMILY_2000, 0, "2000", 4397, 0, 4406},
    {FAMILY_2000, 3, "2000 SP3", 4406, 0, 4406},
    {FAMILY_2003, 0, "2003", 6870, 6903, 6936},
    {FAMILY_2007, 0, "2007", 10637, 10666, 10628},
    {FAMILY_2007, 1, "2007 SP1", 11116, 11221, 11221},
    {FAMILY_2007, 2, "2007 SP2", 14622, 11222, 11221},
    {FAMILY_2007, 3, "2007 SP3", 14625, 11222, 11221},
    {FAMILY_2010, 0, "2010", 14622, 12640, 12639},
    {FAMILY_2010, 1, "2010 SP1", 14726, 13214, 13040},
    {FAMILY_2010, 2, "2010 SP2", 14732, 14247, 13040},
    {FAMILY_2010, 3, "2010 SP3", 14734, 14322, 13040},
    {FAMILY_2013, 0, "2013", 15137, 15449, 13236},
    {FAMILY_2013, 0, "2013 CU1", 15254, 15614, 13236},
    {FAMILY_2013, 0, "2013 CU2", 15281, 15688, 13236},
    {FAMILY_2013, 0, "2013 CU3", 15283, 15763, 13236},
    {FAMILY_2013, 0, "2013 SP1", 15292, 15844, 13236},
    {FAMILY_2013, 0, "2013 CU5", 15300, 15870, 13236},
    {FAMILY_2013, 0, "2013 CU6", 15303, 15965, 13236},
    {FAMILY_2013, 0, "2013 CU7", 15312, 15965, 13236},
    {FAMILY_2013, 0, "2013 CU10", 15312, 16130, 13236},
    {FAMILY_2013, 0, "2013 CU22", 15312, 16131, 13236},
    {FAMILY_2013, 0, "2013 CU23", 15312, 16133, 13237},
    {FAMILY_2016, 0, "2016", 15317, 16210, 13236},
    {FAMILY_2016, 0, "2016 CU1", 15323, 16211, 13236},
    {FAMILY_2016, 0, "2016 CU2", 15325, 16212, 13236},
    {FAMILY_2016, 0, "2016 CU3", 15326, 16212, 13236},
    {FAMILY_2016, 0, "2016 CU4", 15326, 16213, 13236},
    {FAMILY_2016, 0, "2016 CU6", 15330, 16213, 13236},
    {FAMILY_2016, 0, "2016 CU7", 15332, 16213, 13236},
    {FAMILY_2016, 0, "2016 CU11", 15332, 16214, 13236},
    {FAMILY_2016, 0, "2016 CU12", 15332, 16215, 13236},
    {FAMILY_2016, 0, "2016 CU13", 15332, 16217, 13237},
    {FAMILY_2016, 0, "2016 CU18", 15332, 16218, 13238},
    {FAMILY_2016, 0, "2016 CU19", 15333, 16219, 13239},
    {FAMILY_2016, 0, "2016 CU20", 15333, 16220, 13240},
    {FAMILY_2016, 0, "2016 CU21", 15334, 16221, 13241},
    {FAMILY_2016, 0, "2016 CU22", 15334, 16222, 13242},
    {FAMILY_2016, 0, "2016 CU23", 15334, 16223, 13243},
    {FAMILY_2019, 0, "2019", 17000, 16751, 13236},
    {FAMILY_2019, 0, "2019 CU1", 17000, 16752, 13236},
    {FAMILY_2019, 0, "2019 CU2", 17001, 16754, 13237},
    {FAMILY_2019, 0, "2019 CU7", 17001, 16755, 13238},
    {FAMILY_2019, 0, "2019 CU8", 17002, 16756, 13239},
    {FAMILY_2019, 0, "2019 CU9", 17002, 16757, 13240},
    {FAMILY_2019, 0, "2019 CU10", 17003, 16758, 13241},
    {FAMILY_2019, 0, "2019 CU11", 17003, 16759, 13242},
    {FAMILY_2019, 0, "2019 CU12", 17003, 16760, 13243},
    {FAMILY_2019, 0, "2019 CU13", 17003, 16761, 13243},
    {FAMILY_2019, 0, "2019 CU14", 17003, 16762, 13243},
    {FAMILY_SE, 0, "SE", 17003, 16763, 13243},
};

const PreparationLevel *level_of(Family family, unsigned service_pack)
{
    const PreparationLevel *found = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(levels); i++) {
        const PreparationLevel *level = &levels[i];

        if (level->family != family)
            continue;
        if (found == NULL ||
            (level->service_pack > found->service_pack && level->service_pack <= service_pack))
            found = level;
    }
    return found;
}

const PreparationLevel *level_of_newest(const Topology *topology)
{
    const PreparationLevel *newest = NULL;
    const PreparationLevel *level = NULL;
    const Version *last = NULL;

    FOR_EACH(const Server, server, topology->servers) {
        const Version *version = &server->version;

        if (server_is_edge(server) || server_is_provisioned_only(server))
            continue;
        if (last == NULL || version->family != last->family ||
            version->service_pack != last->service_pack)
            level = level_of(version->family, version->service_pack);
        last = version;
        if (level != NULL && (newest == NULL || level > newest))
            newest = level;
    }
    return newest;
}

/* --- names -------------------------------------------------------------------------------- */

typedef int (*Column)(const PreparationLevel *level);

static int schema_of(const PreparationLevel *level)
{
    return level->schema;
}

static int organization_of(const PreparationLevel *level)
{
    return level->organization;
}

static int domain_of_level(const PreparationLevel *level)
{
    return level->domain;
}

/* One product a family: the first that writes the number. */
static char *products_with(Column column, int value)
{
    GString *text = g_string_new(NULL);
    Family last = FAMILY_UNKNOWN;

    for (guint i = 0; i < G_N_ELEMENTS(levels); i++) {
        if (column(&levels[i]) != value || value == 0 || levels[i].family == last)
            continue;
        g_string_append_printf(text, "%s%s", text->len > 0 ? " or " : "", levels[i].product);
        last = levels[i].family;
    }
    return g_string_free(text, FALSE);
}

/* The product of the greatest number below `value`, or of the least above it. */
static const char *neighbour(Column column, int value, bool above)
{
    const PreparationLevel *found = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(levels); i++) {
        int number = column(&levels[i]);

        if (number == 0 || (above ? number <= value : number >= value))
            continue;
        if (found == NULL || (above ? number < column(found) : number > column(found)))
            found = &levels[i];
    }
    return found == NULL ? NULL : found->product;
}

static char *level_name(Column column, int value)
{
    char *products = products_with(column, value);
    const char *below = neighbour(column, value, false);
    const char *above = neighbour(column, value, true);

    if (*products != '\0')
        return products;
    g_free(products);
    if (below == NULL)
        return g_strdup_printf("below %s", above);
    if (above == NULL)
        return g_strdup_printf("above %s", below);
    return g_strdup_printf("above %s, below %s", below, above);
}

char *schema_level_name(int level)
{
    return level_name(schema_of, level);
}

char *organization_level_name(int level)
{
    return level_name(organization_of, level);
}

char *domain_level_name(int level)
{
    return level_name(domain_of_level, level);
}

/* --- functional levels -------------------------------------------------------------------- */

/* Exchange system requirements. Of 2016 the first release asked for 2 only; what is current asks
 * for 4. */
int forest_level_needed(Family family)
{
    switch (family) {
    case FAMILY_2010:
    case FAMILY_2013:
        return 2;
    case FAMILY_2016:
        return 4;
    case FAMILY_2019:
    case FAMILY_SE:
        return 6;
    default:
        return NO_NEED;
    }
}

const char *functional_level_name(int level)
{
    static const char *const names[] = {
        "Windows 2000",           "Windows Server 2003 interim", "Windows Server 2003",
        "Windows Server 2008",    "Windows Server 2008 R2",      "Windows Server 2012",
        "Windows Server 2012 R2", "Windows Server 2016",
    };

    if (level >= 0 && level < (int)G_N_ELEMENTS(names))
        return names[level];
    return level == 10 ? "Windows Server 2025" : "an unknown level";
}

/* The one error domain of the program. */
#include "base/fault.h"

G_DEFINE_QUARK(adtopo_fault, fault)

bool fault_of_file(GError **error, Fault fault, const char *verb, const char *name, int number)
{
    g_set_error(error, FAULT, (int)fault, "cannot %s %s: %s", verb, *name != '\0' ? name : "\"\"",
                g_strerror(number));
    return false;
}

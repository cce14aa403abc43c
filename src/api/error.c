/* From the library's errors to the caller's. */
#include "api/forest.h"

#include "base/fault.h"

bool error_set(adtopo_error *error, enum adtopo_status status, const char *text)
{
    if (error != NULL) {
        error->status = status;
        g_strlcpy(error->text, text, sizeof error->text);
    }
    return false;
}

static enum adtopo_status status_of(const GError *error)
{
    if (error->domain != FAULT)
        return ADTOPO_UNREAD;
    switch ((Fault)error->code) {
    case FAULT_USAGE:
        return ADTOPO_USAGE;
    case FAULT_SOURCE:
    case FAULT_LIMIT:
    case FAULT_SYNTAX:
        return ADTOPO_UNREAD;
    case FAULT_INTERNAL:
        break;
    }
    return ADTOPO_INTERNAL;
}

bool error_take(adtopo_error *error, GError *from)
{
    error_set(error, status_of(from), from->message);
    g_error_free(from);
    return false;
}

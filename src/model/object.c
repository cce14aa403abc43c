/* What a reference leads to, and what that is called. */
#include "model/object.h"

ReferenceState reference_state(const Directory *directory, const Value *value)
{
    const Dn *dn = value_dn(value);

    if (value == NULL)
        return REFERENCE_ABSENT;
    if (dn == NULL)
        return REFERENCE_MALFORMED;
    switch (dn_mangling(dn)) {
    case MANGLED_DELETED:
        return REFERENCE_DELETED;
    case MANGLED_CONFLICT:
        return REFERENCE_CONFLICT;
    default:
        break;
    }
    if (dn->entry != NULL)
        return REFERENCE_LIVE;
    return directory_covers(directory, dn) ? REFERENCE_MISSING : REFERENCE_UNSEEN;
}

bool reference_dangles(ReferenceState state)
{
    return state == REFERENCE_MISSING || state == REFERENCE_DELETED ||
           state == REFERENCE_CONFLICT || state == REFERENCE_MALFORMED;
}

const char *reference_state_text(ReferenceState state)
{
    static const char *const texts[] = {
        [REFERENCE_ABSENT] = "is not set",
        [REFERENCE_LIVE] = "exists",
        [REFERENCE_MISSING] = "does not exist",
        [REFERENCE_DELETED] = "is deleted",
        [REFERENCE_CONFLICT] = "is a replication conflict's copy",
        [REFERENCE_MALFORMED] = "is not a distinguished name",
        [REFERENCE_UNSEEN] = "was not read",
    };

    return texts[state];
}

#ifndef ADTOPO_DIRECTORY_BRANCH_H
#define ADTOPO_DIRECTORY_BRANCH_H

#include "directory/directory.h"

/*
 * A directory as it would be: an unsealed copy of a sealed one, to be changed by an overlay. It has
 * the sources of the original, so that evidence names the same files and lines, and none of its
 * diagnostics. Values still stand in the memory of `from`, which must outlive the copy; names are
 * the copy's own. The caller frees it.
 */
Directory *directory_branch(const Directory *from);

#endif

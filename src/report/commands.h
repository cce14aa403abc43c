#ifndef ADTOPO_REPORT_COMMANDS_H
#define ADTOPO_REPORT_COMMANDS_H

#include "source/connection-options.h"
#include "source/plan.h"

/*
 * The questions of a plan as command lines of programs that administrators have already, for those
 * who may not run another one. Both print LDIF that file sources take.
 */

/* For a POSIX shell: OpenLDAP's ldapsearch, with the same controls and the same way to log in. With
 * `file` its output goes there, behind what is there. NULL for a question that depends on the
 * answer to another one; the caller frees it. */
char *ldapsearch_line(const SearchPlan *plan, const ConnectionOptions *options,
                      const Question *question, const char *file);

/* For cmd.exe: ldifde, which always writes to a file and logs in as whoever runs it. NULL as above,
 * and for the rootDSE, which ldifde does not export; the caller frees it. */
char *ldifde_line(const SearchPlan *plan, const Question *question, const char *file);

#endif

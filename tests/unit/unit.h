/* What every unit test program includes: libcheck, and the one function that it
 * has to define. */
#ifndef ADTOPO_TESTS_UNIT_H
#define ADTOPO_TESTS_UNIT_H

#include <check.h>

/* Returns the tests of the program; called once by the shared main function,
 * which owns the result. */
Suite *unit_suite(void);

#endif

/* The one error domain of the program. */
#include "base/fault.h"

G_DEFINE_QUARK(adtopo_fault, fault)

# The small macros of configure.ac.

# ADTOPO_ARG_ENABLE(NAME, HELP, DEFAULT)
# An --enable option that is yes or no and nothing else. HELP describes what
# changes when the user asks for the opposite of DEFAULT.
AC_DEFUN([ADTOPO_ARG_ENABLE], [
  AC_ARG_ENABLE([$1],
    [AS_HELP_STRING([m4_if([$3], [yes], [--disable-$1], [--enable-$1])],
      m4_normalize([$2]))],
    [AS_CASE(["$enableval"], [yes|no], [],
      [AC_MSG_ERROR([--enable-$1 takes yes or no])])],
    [enable_$1=$3])
])

# ADTOPO_TRY_CFLAGS(VARIABLE, FLAGS)
# Appends to VARIABLE those of FLAGS that the compiler takes, tried one by one:
# compilers differ, and one unknown flag must not cost the others.
AC_DEFUN([ADTOPO_TRY_CFLAGS], [
  for adtopo_flag in m4_normalize([$2]); do
    ADTOPO_COMPILER_TAKES([$adtopo_flag], [$1="$[]$1 $adtopo_flag"])
  done
])

# ADTOPO_NEED_CFLAGS(VARIABLE, FLAGS)
# The same for flags that the user asked for: not having them is an error.
AC_DEFUN([ADTOPO_NEED_CFLAGS], [
  for adtopo_flag in m4_normalize([$2]); do
    ADTOPO_COMPILER_TAKES([$adtopo_flag], [$1="$[]$1 $adtopo_flag"],
      [AC_MSG_ERROR([$CC does not take $adtopo_flag])])
  done
])

# ADTOPO_TRY_LDFLAGS(VARIABLE, FLAGS)
AC_DEFUN([ADTOPO_TRY_LDFLAGS], [
  for adtopo_flag in m4_normalize([$2]); do
    AC_MSG_CHECKING([whether linking takes $adtopo_flag])
    adtopo_saved_ldflags=$LDFLAGS
    LDFLAGS="$LDFLAGS $adtopo_flag"
    AC_LINK_IFELSE([AC_LANG_PROGRAM()],
      [AC_MSG_RESULT([yes])
       $1="$[]$1 $adtopo_flag"],
      [AC_MSG_RESULT([no])])
    LDFLAGS=$adtopo_saved_ldflags
  done
])

# ADTOPO_COMPILER_TAKES(FLAG, IF-YES, [IF-NO])
# -Werror is there for clang, which only warns of a flag that it does not know.
AC_DEFUN([ADTOPO_COMPILER_TAKES], [
  AC_MSG_CHECKING([whether $CC takes $1])
  adtopo_saved_cflags=$CFLAGS
  CFLAGS="$CFLAGS -Werror $1"
  AC_COMPILE_IFELSE([AC_LANG_SOURCE([[int adtopo_probe;]])],
    [adtopo_takes=yes], [adtopo_takes=no])
  CFLAGS=$adtopo_saved_cflags
  AC_MSG_RESULT([$adtopo_takes])
  AS_IF([test "$adtopo_takes" = yes], [$2], [$3])
])

# ADTOPO_IF_OPTIMISING(IF-YES)
AC_DEFUN([ADTOPO_IF_OPTIMISING], [
  AC_MSG_CHECKING([whether $CC $CFLAGS optimises])
  AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#ifndef __OPTIMIZE__
#error no
#endif
int adtopo_probe;]])],
    [AC_MSG_RESULT([yes])
     $1],
    [AC_MSG_RESULT([no])])
])

# ADTOPO_LIB_WITHOUT_PC(PREFIX, HEADER, LIBRARY, FUNCTION, [LIBRARY, FUNCTION])
# For a system whose packages come without a pkg-config file: the header and
# the function decide. Sets PREFIX_CFLAGS and PREFIX_LIBS.
AC_DEFUN([ADTOPO_LIB_WITHOUT_PC], [
  AC_CHECK_HEADER([$2], [], [AC_MSG_ERROR([$2 not found])])
  AC_CHECK_LIB([$3], [$4], [$1_LIBS="-l$3"],
    [AC_MSG_ERROR([no lib$3 with $4])])
  m4_ifval([$5], [
    AC_CHECK_LIB([$5], [$6], [$1_LIBS="$[]$1_LIBS -l$5"],
      [AC_MSG_ERROR([no lib$5 with $6])])])
  $1_CFLAGS=
])

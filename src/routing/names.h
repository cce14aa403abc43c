#ifndef ADTOPO_ROUTING_NAMES_H
#define ADTOPO_ROUTING_NAMES_H

/*
 * The order of two names where Exchange lets a name decide: <0, 0, >0, by Unicode code point with
 * letter case ignored. Which collation Exchange uses is published nowhere; this one is ordinal, as
 * server code commonly is, and every answer that rests on it says that a name decided. Bytes that
 * are not UTF-8 come after all characters.
 */
int name_order(const char *a, const char *b);

#endif

/* Passwords from the terminal and from files. They are overwritten before their memory is given
 * back, and never longer in memory than it takes to bind. */
#include "cli/password.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum {
    MOST_BYTES = 4096,
    CONTROL_C = 3,
    CONTROL_D = 4,
    BACKSPACE = 8,
    CONTROL_U = 21,
    RUBOUT = 127
};

void password_free(char *password)
{
    if (password == NULL)
        return;
    /* The barrier keeps the compiler from dropping a write that nobody reads. */
    memset(password, 0, strlen(password));
    __asm__ __volatile__("" : : "r"(password) : "memory");
    g_free(password);
}

/* --- from a file -------------------------------------------------------------------------- */

static char *without_line_end(char *text, const char *path, bool quiet)
{
    size_t length = strlen(text);

    if (length == 0 || text[length - 1] != '\n')
        return text;
    text[--length] = '\0';
    if (length > 0 && text[length - 1] == '\r')
        text[length - 1] = '\0';
    if (!quiet)
        complain("note: the line end of %s is not taken for a part of the password", path);
    return text;
}

char *password_read(const char *path, bool quiet)
{
    char *text = g_malloc0(MOST_BYTES + 2);
    FILE *file = fopen(path, "re");
    size_t length = 0;

    if (file != NULL) {
        length = fread(text, 1, MOST_BYTES + 1, file);
        if (ferror(file) == 0 && length <= MOST_BYTES && memchr(text, '\0', length) == NULL) {
            fclose(file);
            return without_line_end(text, path, quiet);
        }
    }
    if (length > 0 && (file == NULL || ferror(file) == 0))
        complain("%s holds no password: it is longer than %d bytes or binary", path, MOST_BYTES);
    else
        complain("cannot read the password from %s: %s", path, g_strerror(errno));
    if (file != NULL)
        fclose(file);
    memset(text, 0, MOST_BYTES + 1);
    g_free(text);
    return NULL;
}

/* --- from the terminal -------------------------------------------------------------------- */

/* Takes the last character off, all bytes of it. */
static size_t rub_out(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    return length > 0 ? length - 1 : 0;
}

/* Reads up to the end of the line, byte by byte: the terminal edits nothing while it is silent.
 * FALSE when it was given up. */
static bool read_line(int terminal, char *text)
{
    size_t length = 0;
    char byte;

    while (read(terminal, &byte, 1) == 1) {
        if (byte == '\n' || byte == '\r') {
            text[length] = '\0';
            return true;
        }
        if (byte == CONTROL_C || (byte == CONTROL_D && length == 0))
            return false;
        if (byte == RUBOUT || byte == BACKSPACE)
            length = rub_out(text, length);
        else if (byte == CONTROL_U)
            length = 0;
        else if (length < MOST_BYTES)
            text[length++] = byte;
    }
    return false;
}

static bool ask_silently(int terminal, char *text)
{
    static const char question[] = "LDAP password: ";
    struct termios before;
    struct termios silent;
    bool answered;

    if (tcgetattr(terminal, &before) != 0)
        return false;
    silent = before;
    silent.c_lflag &= (tcflag_t) ~(ECHO | ICANON | ISIG);
    if (tcsetattr(terminal, TCSAFLUSH, &silent) != 0)
        return false;
    answered = write(terminal, question, sizeof question - 1) > 0 && read_line(terminal, text);
    tcsetattr(terminal, TCSAFLUSH, &before);
    return write(terminal, "\n", 1) == 1 && answered;
}

char *password_ask(void)
{
    char *text = g_malloc0(MOST_BYTES + 1);
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    bool answered = false;

    if (terminal >= 0) {
        answered = ask_silently(terminal, text);
        close(terminal);
    }
    if (answered)
        return text;
    if (terminal < 0)
        complain("cannot ask for the password: there is no terminal; use -y FILE");
    else
        complain("no password was typed");
    memset(text, 0, MOST_BYTES);
    g_free(text);
    return NULL;
}

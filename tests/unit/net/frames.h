/*
 * frames - a WebSocket client of bare frames (RFC 6455) on a raw socket, so that a test
 * can send what no library would: split, unmasked, overlong.
 */
#ifndef TESTS_UNIT_NET_FRAMES_H
#define TESTS_UNIT_NET_FRAMES_H

#include "wire.h"

enum { CONT, TEXT, BINARY, CLOSE = 8, PING, PONG };
enum { FIN = 0x80 };

#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define UPGRADE                                                                          \
    "Host: desk.example\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"    \
    "Origin: https://intra.example\r\n"
#define V13 "Sec-WebSocket-Version: 13\r\n"
#define BALIE "Sec-WebSocket-Protocol: chat, balie.v1\r\n"

static inline int upgrade(int fd, const char *text, char *head, size_t max)
{
    char body[512];
    return put_text(fd, text) ? get_reply(fd, true, head, max, body, sizeof body) : -1;
}

/* The handshake that is accepted. */
#define JOINS "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13 BALIE "\r\n"

static inline int join(struct play *p)
{
    char head[1024];
    int fd = dial(p->port);
    int status = upgrade(fd, JOINS, head, sizeof head);
    SAY(p, status == 101, "%d", status);
    SAY(p, strstr(head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "%s", head);
    SAY(p, strstr(head, "Sec-WebSocket-Protocol: balie.v1\r\n"), "%s", head);
    return fd;
}

static inline size_t frame(unsigned char *to, int op, bool masked, const void *p,
                           size_t n)
{
    static const unsigned char mask[4] = {0x11, 0xa2, 0x33, 0xc4};
    size_t h = 2;
    to[0] = (unsigned char)op;
    if (n < 126) {
        to[1] = (unsigned char)n;
    } else if (n < 65536) {
        to[1] = 126;
        to[2] = (unsigned char)(n >> 8);
        to[3] = (unsigned char)n;
        h = 4;
    } else {
        to[1] = 127;
        for (size_t i = 0; i < 8; i++)
            to[2 + i] = (unsigned char)(n >> (56 - 8 * i));
        h = 10;
    }
    if (masked) {
        to[1] |= 0x80;
        memcpy(to + h, mask, 4);
        h += 4;
    }
    for (size_t i = 0; i < n; i++)
        to[h + i] =
            (unsigned char)(((const unsigned char *)p)[i] ^ (masked ? mask[i & 3] : 0));
    return h + n;
}

static inline bool say_frame(int fd, int op, const void *p, size_t n)
{
    unsigned char *b = malloc(n + 14);
    size_t k = frame(b, op, true, p, n);
    bool ok = put(fd, b, k);
    free(b);
    return ok;
}

static inline bool say_text(int fd, const char *text)
{
    return say_frame(fd, FIN | TEXT, text, strlen(text));
}

/* The next frame; its opcode with FIN, or -1. */
static inline int hear(int fd, char *text, size_t max, size_t *n)
{
    unsigned char h[10];
    if (!get(fd, h, 2))
        return -1;
    *n = h[1] & 0x7f;
    if (*n == 126 && get(fd, h + 2, 2))
        *n = (size_t)h[2] << 8 | h[3];
    else if (*n == 127 && get(fd, h + 2, 8))
        *n = (size_t)h[6] << 24 | (size_t)h[7] << 16 | (size_t)h[8] << 8 | h[9];
    if ((h[1] & 0x80) || *n >= max || !get(fd, text, *n))
        return -1;
    text[*n] = '\0';
    return h[0];
}

static inline bool hears(int fd, const char *want)
{
    static _Thread_local char b[128 * 1024];
    size_t n;
    return hear(fd, b, sizeof b, &n) == (FIN | TEXT) && strcmp(b, want) == 0;
}

/* The code of the close frame that comes next, 0 when something else comes. */
static inline int hears_close(int fd)
{
    char b[256];
    size_t n;
    if (hear(fd, b, sizeof b, &n) != (FIN | CLOSE) || n < 2)
        return 0;
    return (unsigned char)b[0] << 8 | (unsigned char)b[1];
}

/* Answers the close; the server then ends the connection. */
static inline bool parts(int fd)
{
    say_frame(fd, FIN | CLOSE, "\x03\xe8", 2);
    bool ended = at_end(fd);
    close(fd);
    return ended;
}

#endif

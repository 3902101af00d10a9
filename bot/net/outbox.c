#include "net/serve.h"

#include <stdlib.h>

struct parcel {
    struct parcel *after;
    enum lws_write_protocol kind;
    size_t n;
    unsigned char bytes[]; /* LWS_PRE, then n */
};

struct outbox {
    struct parcel *first, **end;
    size_t bytes;
};

struct outbox *outbox_new(void)
{
    struct outbox *o = must_alloc(sizeof *o);
    o->end = &o->first;
    return o;
}

void outbox_free(struct outbox *o)
{
    if (!o)
        return;
    while (o->first)
        outbox_drop(o);
    free(o);
}

void outbox_put(struct outbox *o, enum lws_write_protocol kind, str text)
{
    struct parcel *p = must_grow(NULL, sizeof *p + LWS_PRE + text.n);
    p->after = NULL;
    p->kind = kind;
    p->n = text.n;
    if (text.n)
        memcpy(p->bytes + LWS_PRE, text.p, text.n);
    *o->end = p;
    o->end = &p->after;
    o->bytes += text.n;
}

size_t outbox_bytes(const struct outbox *o)
{
    return o ? o->bytes : 0;
}

unsigned char *outbox_first(struct outbox *o, enum lws_write_protocol *kind, size_t *n)
{
    if (!o || !o->first)
        return NULL;
    *kind = o->first->kind;
    *n = o->first->n;
    return o->first->bytes + LWS_PRE;
}

void outbox_drop(struct outbox *o)
{
    struct parcel *p = o->first;
    o->first = p->after;
    if (!o->first)
        o->end = &o->first;
    o->bytes -= p->n;
    free(p);
}

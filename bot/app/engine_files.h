/*
 * engine_files - attachments, as channels give and fetch them.
 *
 * An upload is written to disk as it comes (files.h), and then it is an event like any
 * other: the turn decides whether it is taken, and its row is committed with that turn.
 * What the turn would not take in this conversation anyway (a sick report, a confidential
 * topic, a desk without files) is not written at all: the turn is asked at the beginning,
 * on a copy.
 */
#ifndef APP_ENGINE_FILES_H
#define APP_ENGINE_FILES_H

#include "app/engine.h"

/* Where a file of the desk's is fetched, before its key. */
#define FILES_PATH "/chat/attachments/"

enum upload_code {
    UPLOAD_TAKEN,
    UPLOAD_REPEATED,     /* taken before, under the same id */
    UPLOAD_REFUSED,      /* the dialogue says why */
    UPLOAD_OFF,          /* no files in the settings */
    UPLOAD_CONVERSATION, /* no such one of this person's */
    UPLOAD_TOO_BIG,
    UPLOAD_TYPE,
    UPLOAD_EMPTY,
    UPLOAD_NO_ROOM,  /* the folder is full */
    UPLOAD_STORAGE,  /* the disk is */
    UPLOAD_CONFLICT, /* the id was used for something else */
    UPLOAD_BUSY,
};

struct upload_answer {
    enum upload_code code;
    str text; /* for the person, in their language */
    str name, type;
    int64_t size;
};

struct upload;

struct upload_conf {
    str person, conversation; /* verified id, or empty; public id */
    str id;                   /* the client's, 1 to 64 bytes */
    str name;                 /* as the client says */
    /* Called once, and perhaps from inside upload_end: how it ended. */
    void (*done)(void *ctx, const struct upload_answer *r);
    void *ctx;
};

/* UPLOAD_TAKEN: *out goes on. Otherwise it is over, and done is not called. */
enum upload_code upload_begin(struct engine *e, const struct upload_conf *c,
                              struct upload **out);
/* As upload_begin; then it is over as well. */
enum upload_code upload_put(struct upload *u, str bytes);
void upload_end(struct upload *u); /* all is there */
void upload_cancel(
    struct upload *u); /* nobody waits for it any more: before upload_end */
/* The words for a code. */
str upload_text(struct arena *a, const struct engine *e, enum upload_code code,
                enum lang l);

/* Opens a file that came from the desk, for the person it is for. RC_NOT_FOUND: also when
 * it is somebody else's, or its time is over; RC_IO. *fd is the caller's. */
MUST_USE enum rc engine_file_open(struct engine *e, struct arena *a, str person, str key,
                                  struct store_file *out, int *fd);

/* Takes in a file of this machine, for an answer of HR's. path is absolute. RC_NOT_FOUND,
 * RC_LIMIT: too large, RC_INVALID: a type that is not taken, RC_IO. What it took in is
 * either handed on or given to file_in_done. */
MUST_USE enum rc engine_file_arrive(struct engine *e, struct arena *a, str path,
                                    struct file_arrived *out);

/* --- the engine's own --- */
struct store_file upload_row(const struct upload *u, struct arena *a);
struct job;
struct queued;
void engine_files_start(struct engine *e);
void engine_files_stop(struct engine *e);
void engine_files_event(struct engine *e, const struct queued *q, struct event *ev,
                        struct job *j);
void engine_files_adjust(struct engine *e, struct job *j);
/* The turn was stored, or not. */
void engine_files_ended(struct engine *e, struct job *j, enum rc rc);
/* The outbox's row of a file ended. */
void engine_file_delivered(struct engine *e, const struct store_effect *x, bool failed);
/* The name of the file that the row was for; empty: none. */
str engine_file_name(struct engine *e, struct arena *a, const struct store_effect *x);
/* Deletes what is past its time, or was delivered. */
void engine_files_sweep(struct engine *e);

#endif

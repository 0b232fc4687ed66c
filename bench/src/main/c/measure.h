/* What both load generators need: their command line, processor time, and a latency histogram. */
#ifndef MEASURE_H
#define MEASURE_H

#include "program.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#define MAX_MESSAGE 65507
#define STALL_US 5000000 /* nobody answers for so long: the server is stuck, and so would we be */

static long number(const char *name, const char *text, long least, long most) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || *end || end == text || value < least || value > most) {
        fprintf(stderr, "error: %s is a number from %ld to %ld, not '%s'\n", name, least, most, text);
        exit(2);
    }
    return value;
}

/* Processor seconds of process `pid` so far, all threads, user and system: clock_getcpuclockid(3), finer than proc(5). */
static double cpu_seconds(pid_t pid) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        fail("process %d is gone", (int)pid);
    }
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* As many open files as the hard limit allows: setrlimit(2). */
static void raise_file_limit(long needed) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < (rlim_t)needed) {
        fail("%ld open files are needed and %ld allowed: raise it with ulimit -Hn", needed, (long)limit.rlim_cur);
    }
}

/* Latencies in microseconds, exact below 128, then 64 steps per power of two: 1.6 % at most. */
#define BUCKETS (64 * 32)
struct histogram {
    uint64_t count[BUCKETS];
    uint64_t total;
};

static void record(struct histogram *histogram, uint64_t us) {
    unsigned exponent = us < 128 ? 6 : 63 - (unsigned)__builtin_clzll(us);
    uint64_t bucket = (uint64_t)(exponent - 6) * 64 + (us >> (exponent - 6));
    histogram->count[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    histogram->total++;
}

/* The latency that `percent` of all round trips did not exceed (the lower edge of its step), 0 without any. */
static uint64_t percentile(const struct histogram *histogram, unsigned percent) {
    uint64_t wanted = (histogram->total * percent + 99) / 100, seen = 0;
    for (uint64_t bucket = 0; wanted > 0 && bucket < BUCKETS; bucket++) {
        seen += histogram->count[bucket];
        if (seen >= wanted) {
            unsigned exponent = bucket < 128 ? 6 : (unsigned)(bucket / 64) + 5;
            return (bucket - (uint64_t)(exponent - 6) * 64) << (exponent - 6);
        }
    }
    return 0;
}

/* The window in which round trips count: from the end of the warm-up on. */
struct window {
    uint64_t begin, end;
    pid_t server;
    double own_cpu, server_cpu, machine_cpu; /* at its begin; of the whole window once it is closed */
    enum { WARM_UP, OPEN, CLOSED } state;
};

static void open_window(struct window *window, uint64_t now, long measure_ms) {
    window->begin = now;
    window->end = now + (uint64_t)measure_ms * 1000;
    window->own_cpu = cpu_seconds(0);
    window->server_cpu = cpu_seconds(window->server);
    window->machine_cpu = machine_seconds();
    window->state = OPEN;
}

static void close_window(struct window *window, uint64_t now) {
    window->end = now;
    window->own_cpu = cpu_seconds(0) - window->own_cpu;
    window->server_cpu = cpu_seconds(window->server) - window->server_cpu;
    window->machine_cpu = machine_seconds() - window->machine_cpu;
    window->state = CLOSED;
}

/* Prints the one JSON line; its names are those of the Java record netlabs.bench.LoadFigures. */
static void print_result(const struct window *window, const struct histogram *histogram, long starved, long lost) {
    double others = window->machine_cpu - window->own_cpu - window->server_cpu;
    double seconds = (double)(window->end - window->begin) / 1e6;
    printf("{\"round_trips\": %llu, \"seconds\": %.6f, \"per_second\": %.1f, \"p50_us\": %llu, \"p99_us\": %llu, "
           "\"generator_cpu_seconds\": %.6f, \"server_cpu_seconds\": %.6f, \"others_cpu_seconds\": %.2f, "
           "\"starved\": %ld, \"lost\": %ld}\n",
           (unsigned long long)histogram->total, seconds, (double)histogram->total / seconds,
           (unsigned long long)percentile(histogram, 50), (unsigned long long)percentile(histogram, 99),
           window->own_cpu, window->server_cpu, others > 0 ? others : 0, starved, lost);
}

/* Writes `value` as 16 letters a..p, so that a reply to another message is seen to be one. */
static void stamp(char *text, uint64_t value) {
    for (int i = 0; i < 16; i++, value >>= 4) {
        text[i] = (char)('a' + (value & 15));
    }
}

#endif

/*
 * kernel_x86 - the marks of functions that are made for one kind of x86 processor: AVX2,
 * AVX-512 (F, BW, VL), and AVX-512 with VNNI, whose instruction multiplies and adds
 * bytes. The unmarked ones are inlined into those marked _OUTER, which are chosen at run
 * time. On other processors nothing is defined here.
 */
#ifndef NLU_KERNEL_X86_H
#define NLU_KERNEL_X86_H

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2"), always_inline)) static inline
#define AVX2_OUTER __attribute__((target("avx2"))) static
#define AVX512_TARGET target("avx512f,avx512bw,avx512vl")
#define AVX512 __attribute__((AVX512_TARGET, always_inline)) static inline
#define AVX512_OUTER __attribute__((AVX512_TARGET)) static
#define VNNI_TARGET target("avx512f,avx512bw,avx512vl,avx512vnni")
#define VNNI __attribute__((VNNI_TARGET, always_inline)) static inline
#define VNNI_OUTER __attribute__((VNNI_TARGET)) static
#endif

#endif

/*
 * svm - one linear support vector machine per class against the rest, on characters.
 *
 * L2-regularised, squared hinge loss, C = 1, bias 1, by dual coordinate descent (Hsieh
 * and others, ICML 2008), which is what liblinear's -s 1 does; but all classes at once,
 * so that one pass over a phrase serves them all, in single precision, and with a
 * generator of our own: liblinear's rand() and printing do not go with threads and
 * repeatable models.
 */
#ifndef NLU_SVM_H
#define NLU_SVM_H

#include "nlu/dataset.h"
#include "nlu/kernel.h"

/* (rows - word_rows + 1) * width weights, the last row is the bias; the caller frees. */
float *svm_train(const struct dataset *d, uint32_t classes);

#endif

/// Models that need no loop: `fit`, `predict`, `score`, with the parameters, names and defaults of
/// scikit-learn.
///
/// `X` is a floating or integer tensor of shape `(samples, features)`; in its type, if that is
/// `FLOAT32`, a network computes, else in `FLOAT64`. A seed, where it is given, fixes every bit.
package org.wengert.train.estimator;

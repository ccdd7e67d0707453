/// How good a model is, gathered batch by batch.
///
/// Outputs of classifiers come in one of three forms, told apart by type and shape:
///
/// - floating `(N, C)` with targets `(N)`, or `(N, C, ..)` with `(N, ..)`: a score for each class
///   in
///   axis 1, such as logits, where [org.wengert.nn.CrossEntropyLoss] has them too; the class is the
///   one with the highest score, the first of equals. Models of sequences and images have a sample
///   for each place: their scores `(N, T, C)` are transposed, for the loss as for the metrics;
/// - floating `(..)` or `(.., 1)`: one score for class 1 of two, such as a logit; the class is 1 if
///   it is above a threshold, by default 0;
/// - integers `(..)`: class numbers.
///
/// Targets are class numbers from 0, as integers or as whole floating numbers; those of -100 do not
/// count, as in the losses. Numbers are taken in one by one, in `double`: however the samples are
/// divided into batches, the value has the same bits. A batch that is refused leaves the metric as
/// it was. What a metric says about cases that its formula leaves open, such as 0/0, is what
/// scikit-learn says by default.
package org.wengert.train.metric;

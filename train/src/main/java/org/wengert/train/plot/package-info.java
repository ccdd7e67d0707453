/// Pictures of data, training and results, as PNG and as SVG: each is one statement that ends with
/// `save(file)`, and the file's ending decides. They need no display, but fonts.
///
/// | what | by |
/// |---|---|
/// | loss and metrics of a fit, lines, points, bands of uncertainty | [Curves] |
/// | confusion matrices, attention, any matrix | [HeatMap] |
/// | what a model of two inputs answers everywhere | [DecisionBoundary] |
/// | how weights and gradients are distributed | [Histogram] |
/// | images, first-layer filters, samples that were misclassified | [ImageSheet] |
/// | several of them in one picture | [Plot#grid] |
package org.wengert.train.plot;

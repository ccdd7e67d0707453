package org.wengert.backend.vector;

import org.wengert.backend.Folds;

/// The inner loops of reductions and norms in the Vector API. Stateless and thread-safe.
final class VectorFolds extends Folds implements FloatVectorNorms, DoubleVectorNorms {}

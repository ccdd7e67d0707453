package org.wengert;

/// How [F#scatterReduce] makes one number of all that is sent to a place.
public enum ScatterReduce {
  /// The sum.
  SUM,
  /// The product; its gradient is right with zeros among the factors, in every order.
  PROD,
  /// The mean.
  MEAN,
  /// The largest; equals share the gradient evenly.
  AMAX,
  /// The smallest; equals share the gradient evenly.
  AMIN
}

package org.wengert.optim;

/// A search along a line for a point that is low and flat enough (the strong Wolfe conditions):
///
/// ```
/// f(t) ≤ f(0) + 10⁻⁴ t f'(0)         |f'(t)| ≤ c |f'(0)|
/// ```
///
/// It first goes outward until such a point lies in between, then narrows the bracket, each time at
/// the minimum of the cubic through both ends. At most 25 tries. Where the function is not a number
/// it counts as too high. Holds state: the number of tries.
///
/// Source: Nocedal, Wright, Numerical optimization (2006), algorithms 3.5 and 3.6; the safeguards
/// are those of `torch.optim.LBFGS`.
final class StrongWolfe {
  private static final double DECREASE = 1e-4;
  private static final double NARROW = 1e-9;
  private static final int MOST_TRIES = 25;

  private final Line line;
  private final LinePoint start;
  private final double curvature;
  private final double width;
  private int tries;

  /// The function along a line.
  interface Line {
    /// The function at distance `t`.
    LinePoint at(double t);
  }

  /// A function at a point of a line.
  ///
  /// @param t the distance from the start
  /// @param loss the value there
  /// @param gradient with respect to all parameters
  /// @param slope the derivative along the line
  @SuppressWarnings("ArrayRecordComponent") // nobody compares points
  record LinePoint(double t, double loss, double[] gradient, double slope) {}

  /// A search that has not begun.
  ///
  /// @param start the point at distance 0
  /// @param curvature `c`
  /// @param width how far the fastest parameter moves from distance 0 to 1
  StrongWolfe(Line line, LinePoint start, double curvature, double width) {
    this.line = line;
    this.start = start;
    this.curvature = curvature;
    this.width = width;
  }

  /// The point found, beginning at distance `first`; the best one seen if the tries run out.
  LinePoint search(double first) {
    LinePoint before = start;
    LinePoint now = line.at(first);
    while (tries < MOST_TRIES) {
      if (isHigh(now) || (tries > 1 && now.loss >= before.loss)) {
        return narrow(before, now);
      }
      if (isFlat(now)) {
        return now;
      }
      if (now.slope >= 0) {
        return narrow(before, now);
      }
      double least = now.t + 0.01 * (now.t - before.t);
      double next = cubicMinimum(before, now, least, 10 * now.t);
      before = now;
      now = look(next);
    }
    return now.loss < start.loss ? now : start;
  }

  private LinePoint look(double t) {
    tries++;
    return line.at(t);
  }

  /// Also if it is not a number.
  private boolean isHigh(LinePoint p) {
    return !(p.loss <= start.loss + DECREASE * p.t * start.slope);
  }

  private boolean isFlat(LinePoint p) {
    return Math.abs(p.slope) <= -curvature * start.slope;
  }

  private LinePoint narrow(LinePoint a, LinePoint b) {
    LinePoint low = b.loss < a.loss ? b : a;
    LinePoint high = low == a ? b : a;
    boolean crept = false;
    while (tries < MOST_TRIES && Math.abs(high.t - low.t) * width >= NARROW) {
      double left = Math.min(low.t, high.t);
      double right = Math.max(low.t, high.t);
      double t = cubicMinimum(low, high, left, right);
      double margin = 0.1 * (right - left);
      boolean atTheEdge = Math.min(right - t, t - left) < margin;
      if (atTheEdge && (crept || t >= right || t <= left)) {
        t = right - t < t - left ? right - margin : left + margin;
        crept = false;
      } else {
        crept = atTheEdge;
      }
      LinePoint p = look(t);
      if (isHigh(p) || p.loss >= low.loss) {
        high = p.loss < low.loss ? low : p;
        low = p.loss < low.loss ? p : low;
      } else if (isFlat(p)) {
        return p;
      } else {
        high = p.slope * (high.t - low.t) >= 0 ? low : high;
        low = p;
      }
    }
    return low;
  }

  /// Where the cubic with the values and slopes of two points has its minimum, moved into a range;
  /// the middle of the range if it has none.
  static double cubicMinimum(LinePoint p, LinePoint q, double least, double most) {
    LinePoint a = p.t <= q.t ? p : q;
    LinePoint b = a == p ? q : p;
    double mean = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
    double square = mean * mean - a.slope * b.slope;
    if (!(square >= 0 && square < Double.POSITIVE_INFINITY)) {
      return (least + most) / 2;
    }
    double root = Math.sqrt(square);
    double share = (b.slope + root - mean) / (b.slope - a.slope + 2 * root);
    return Math.min(Math.max(b.t - (b.t - a.t) * share, least), most);
  }
}

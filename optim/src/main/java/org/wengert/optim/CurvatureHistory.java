package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;

/// What the last steps say about the second derivatives: for each, by how much the parameters moved
/// (`s`) and by how much the gradient changed (`y`). Holds state.
///
/// Source: Nocedal, Wright, Numerical optimization (2006), algorithm 7.4.
final class CurvatureHistory {
  private static final double LEAST = 1e-10;

  private final List<double[]> moves = new ArrayList<>();
  private final List<double[]> changes = new ArrayList<>();
  private double scale;

  /// A history without steps.
  CurvatureHistory() {
    this(List.of(), List.of(), 1);
  }

  /// A history that was saved.
  CurvatureHistory(List<double[]> moves, List<double[]> changes, double scale) {
    this.moves.addAll(moves);
    this.changes.addAll(changes);
    this.scale = scale;
  }

  /// Remembers a step, unless the slope along it hardly rose; forgets the oldest beyond `most`.
  void add(double[] move, double[] change, int most) {
    double rise = Flat.dot(change, move);
    if (rise > LEAST) {
      while (moves.size() >= most) {
        moves.removeFirst();
        changes.removeFirst();
      }
      moves.add(move);
      changes.add(change);
      scale = rise / Flat.dot(change, change);
    }
  }

  List<double[]> moves() {
    return moves;
  }

  List<double[]> changes() {
    return changes;
  }

  double scale() {
    return scale;
  }

  /// Minus the gradient times the inverse of the second derivatives, as far as they are known.
  double[] direction(double[] gradient) {
    double[] d = new double[gradient.length];
    Flat.add(d, -1, gradient);
    double[] shares = new double[moves.size()];
    for (int i = moves.size() - 1; i >= 0; i--) {
      shares[i] = share(moves.get(i), d, i);
      Flat.add(d, -shares[i], changes.get(i));
    }
    for (int k = 0; k < d.length; k++) {
      d[k] *= scale;
    }
    for (int i = 0; i < moves.size(); i++) {
      Flat.add(d, shares[i] - share(changes.get(i), d, i), moves.get(i));
    }
    return d;
  }

  private double share(double[] of, double[] d, int i) {
    return Flat.dot(of, d) / Flat.dot(changes.get(i), moves.get(i));
  }
}

package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.each;
import static org.wengert.OpCatalogue.s;

import java.util.Collections;
import java.util.List;
import org.wengert.backend.Taps;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;

/// The catalogue's operations of neural networks.
final class NetworkEntries {
  private NetworkEntries() {}

  static void list() {
    windows();
    convolutions();
    averages();
    norms();
    add(
            new BinaryCrossEntropy(),
            List.of(List.of(s(), s()), List.of(s(2, 3), s(2, 3)), List.of(s(0), s(0))),
            Domain.between(0.1, 0.9),
            Domain.between(0.1, 0.9))
        .refuses("size 2 meets size 3", s(2), s(3));
  }

  private static void norms() {
    String empty = "norms of no elements are composed of other operations";
    add(new LayerNorm(s(3), true, false, false, 1e-5), each(s(3), s(2, 3)), Domain.REAL)
        .refuses("the last axes of (2) are not (3)", s(2));
    add(
            new LayerNorm(s(2, 3), true, true, true, 1e-5),
            List.of(List.of(s(4, 2, 3), s(2, 3), s(2, 3))),
            Domain.REAL)
        .refuses("the last axes of (0, 2, 3) are not", s(0, 2, 3), s(2, 3), s(2, 3))
        .refuses("a weight or bias of shape (3)", s(4, 2, 3), s(3), s(2, 3))
        .never(0, empty);
    add(
        new LayerNorm(s(2), false, true, false, 1e-5),
        List.of(List.of(s(3, 2), s(2))),
        Domain.REAL);
    add(
        new LayerNorm(s(1), false, false, true, 0.1),
        List.of(List.of(s(1), s(1)), List.of(s(2, 1), s(1))),
        Domain.REAL);
    add(
            new ChannelNorm(0, true, true, 1e-5),
            List.of(List.of(s(2, 3, 4), s(3), s(3)), List.of(s(3, 2), s(2), s(2))),
            Domain.REAL)
        .refuses("an operand of shape (0, 3)", s(0, 3), s(3), s(3))
        .refuses("a weight or bias of shape (2)", s(4, 3), s(3), s(2))
        .never(0, empty);
    add(new ChannelNorm(0, false, false, 0.1), each(s(2, 1, 2, 2), s(1, 1)), Domain.REAL);
    add(new ChannelNorm(2, true, false, 1e-5), List.of(List.of(s(2, 4, 3), s(4))), Domain.REAL)
        .refuses("3 channels do not divide into 2 groups", s(2, 3, 4), s(3));
  }

  private static void windows() {
    List<Window> plane =
        List.of(Window.sliding(4, 3, 2, 1, 1, 2), Window.sliding(5, 2, 1, 2, 0, 3));
    List<Window> one = List.of(Window.sliding(1, 3, 1, 1, 1, 1));
    add(new Unfold(plane), each(s(4, 5), s(2, 3, 4, 5), s(0, 4, 5)), Domain.REAL)
        .refuses("the last axes of (5, 4) are not (4, 5)", s(5, 4));
    add(new Unfold(one), each(s(1), s(2, 1)), Domain.REAL);
    add(new Fold(plane), each(s(3, 2, 2, 3), s(2, 3, 2, 2, 3), s(0, 3, 2, 2, 3)), Domain.REAL)
        .refuses("the last axes of (3, 2, 6) are not (3, 2, 2, 3)", s(3, 2, 6));
    add(new Fold(List.of(Window.sliding(1, 1, 1, 1, 0, 1))), each(s(1, 1)), Domain.REAL);
    add(new WindowArgMax(plane), each(s(4, 5), s(2, 1, 4, 5), s(0, 4, 5)), Domain.distinct(0))
        .refuses("the last axes of (5) are not (4, 5)", s(5));
    add(new MaxPool(plane), each(s(4, 5), s(2, 1, 4, 5), s(0, 4, 5)), Domain.distinct(0))
        .refuses("the last axes of (5) are not (4, 5)", s(5));
    add(new MaxPool(one), each(s(1), s(2, 1)), Domain.distinct(0));
    List<Window> pairs = Collections.nCopies(2, Window.sliding(5, 2, 2, 1, 0, 2));
    add(new MaxPool(pairs), each(s(5, 5)), Domain.distinct(0));
    add(new WindowArgMax(one), each(s(1), s(2, 1)), Domain.distinct(0));
  }

  private static void convolutions() {
    List<Window> plane =
        List.of(Window.sliding(4, 3, 2, 1, 1, 2), Window.sliding(5, 2, 1, 2, 0, 3));
    List<Window> one = List.of(Window.sliding(1, 1, 1, 1, 0, 1));
    for (boolean transposed : new boolean[] {false, true}) {
      Shape y = transposed ? s(2, 4, 2, 3) : s(2, 4, 4, 5);
      Shape none = transposed ? s(0, 4, 2, 3) : s(0, 4, 4, 5);
      Shape weight = s(4, 2, 3, 2);
      add(
              new Convolve(plane, 2, transposed),
              List.of(List.of(y, weight, s(4)), List.of(y, weight), List.of(none, weight, s(4))),
              Domain.REAL)
          .refuses("a bias of shape (3) for 4 channels", y, weight, s(3))
          .refuses("meets a weight of shape (6, 3, 3, 2) in 2 groups", y, s(6, 3, 3, 2));
      add(
          new Convolve(one, 1, transposed),
          List.of(List.of(s(1, 1, 1), s(1, 1, 1), s(1)), List.of(s(2, 1, 1), s(1, 1, 1))),
          Domain.REAL);
    }
  }

  private static void averages() {
    add(
            new Resample(1, Taps.sums(Window.adaptive(5, 3))),
            each(s(2, 5), s(2, 5, 3), s(0, 5)),
            Domain.REAL)
        .refuses("axis 1 of (2, 4) is not 5 long", s(2, 4));
    add(
        new Resample(0, Interpolation.CUBIC.taps(3, 7, false, 0)),
        each(s(3), s(3, 2)),
        Domain.REAL);
    add(
        new Resample(-2, Interpolation.LINEAR.taps(3, 2, true, 0)),
        each(s(3, 2), s(2, 3, 4)),
        Domain.REAL);
    add(new Resample(0, Interpolation.LINEAR.taps(1, 3, false, 0)), each(s(1)), Domain.REAL);
  }
}

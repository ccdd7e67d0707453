package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers that are linear maps, reshape, or compare vectors.
final class LinearEntries {
  private LinearEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        entry(r -> new Linear(3, 2, r), "Linear(in=3, out=2, bias=true)", normal(4, 3))
            .refuses("expects 3 features in the last axis, got shape (4, 2)", normal(4, 2)),
        entry(r -> new Linear(3, 2, false, r), "Linear(in=3, out=2, bias=false)", normal(3))
            .refuses("expects 3 features in the last axis, got shape ()", normal()),
        entry(r -> new Identity(), "Identity()", normal(2, 3)).elementwise(),
        entry(r -> new Flatten(), "Flatten(startAxis=1, endAxis=-1)", normal(2, 3, 2))
            .refuses("axis 1 does not exist in a tensor of rank 1", normal(3)),
        entry(r -> new Unflatten(1, 2, -1), "Unflatten(axis=1, sizes=[2, -1])", normal(2, 6, 1))
            .refuses("5 elements of shape (5) do not divide into (2, -1)", normal(2, 5)),
        entry(
                r -> new Bilinear(2, 3, 2, true, r),
                "Bilinear(in1=2, in2=3, out=2, bias=true)",
                normal(4, 2),
                normal(4, 3))
            .refuses("expects 2 features in the last axis of its first input", normal(3), normal(3))
            .refuses("expects 3 features in the last axis of its second", normal(2), normal(2))
            .refuses("has two inputs, got one", normal(2)),
        entry(
            r -> new Bilinear(2, 1, 2, false, r),
            "Bilinear(in1=2, in2=1, out=2, bias=false)",
            normal(2),
            normal(1)),
        entry(
                r -> new CosineSimilarity(),
                "CosineSimilarity(axis=1, eps=1.0E-8)",
                normal(3, 4),
                normal(3, 4))
            .refuses("size 2 meets size 3", normal(3, 2), normal(3, 3)),
        entry(
                r -> new PairwiseDistance(3, 1e-6, true),
                "PairwiseDistance(p=3.0, eps=1.0E-6, keepAxis=true)",
                normal(3, 4),
                normal(3, 4))
            .refuses("size 4 meets size 3", normal(3, 4), normal(3, 3)));
  }
}

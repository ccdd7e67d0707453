package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.between;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.stream.Stream;
import org.wengert.Pooling;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's poolings.
final class PoolingEntries {
  private static final String RANK = "an operand of rank ";

  private PoolingEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(maxima(), averages(), adaptive()).flatMap(List::stream).toList();
  }

  private static List<Entry<?>> maxima() {
    return List.of(
        entry(r -> new MaxPool1d(2), "MaxPool1d(kernel=(2))", normal(2, 2, 5))
            .refuses("maxPool1d: a kernel that spans 2 elements on axis -1 of 1", normal(2, 1)),
        entry(
                r -> new MaxPool2d(Pooling.of(3).stride(2).padding(1).ceilMode(true)),
                "MaxPool2d(kernel=(3, 3), stride=(2, 2), padding=(1, 1), ceilMode=true)",
                normal(1, 4, 5))
            .refuses(RANK + 2, normal(4, 5)),
        entry(
                r -> new MaxPool2d(Pooling.of(2, 1).stride(1, 2).dilation(2)),
                "MaxPool2d(kernel=(2, 1), stride=(1, 2), dilation=(2, 2))",
                normal(1, 1, 4, 5))
            .called((layer, xs) -> layer.forwardWithIndices(xs.getFirst()).values())
            .refuses(RANK + 2, normal(4, 5)),
        entry(r -> new MaxPool3d(2), "MaxPool3d(kernel=(2, 2, 2))", normal(1, 2, 3, 2))
            .refuses(RANK + 3, normal(2, 3, 2)));
  }

  private static List<Entry<?>> averages() {
    return List.of(
        entry(
                r -> new AvgPool1d(Pooling.of(3).stride(2).padding(1).countIncludePad(false)),
                "AvgPool1d(kernel=(3), stride=(2), padding=(1), countIncludePad=false)",
                normal(1, 2, 5))
            .refuses(RANK + 1, normal(5)),
        entry(
                r -> new AvgPool2d(Pooling.of(2).divisorOverride(3)),
                "AvgPool2d(kernel=(2, 2), divisorOverride=3)",
                normal(1, 1, 4, 3))
            .refuses(RANK + 2, normal(4, 3)),
        entry(r -> new AvgPool3d(2), "AvgPool3d(kernel=(2, 2, 2))", normal(1, 2, 2, 3))
            .refuses(RANK + 3, normal(2, 2, 3)),
        entry(r -> new LPPool1d(2, 2), "LPPool1d(p=2.0, kernel=(2))", between(0.5, 1, 2, 5))
            .refuses(RANK + 1, normal(5)),
        entry(
                r -> new LPPool2d(3, Pooling.of(2).stride(1)),
                "LPPool2d(p=3.0, kernel=(2, 2), stride=(1, 1))",
                between(0.5, 1, 1, 3, 3))
            .refuses(RANK + 2, normal(3, 3)));
  }

  private static List<Entry<?>> adaptive() {
    return List.of(
        entry(r -> new AdaptiveAvgPool1d(2), "AdaptiveAvgPool1d(outputs=[2])", normal(1, 5))
            .refuses("an empty axis -1", normal(1, 0)),
        entry(r -> new AdaptiveAvgPool2d(2), "AdaptiveAvgPool2d(outputs=[2, 2])", normal(1, 3, 4))
            .refuses(RANK + 2, normal(3, 4)),
        entry(
                r -> new AdaptiveAvgPool3d(1, -1, 2),
                "AdaptiveAvgPool3d(outputs=[1, -1, 2])",
                normal(1, 2, 2, 3))
            .refuses(RANK + 2, normal(3, 4)),
        entry(r -> new AdaptiveMaxPool1d(3), "AdaptiveMaxPool1d(outputs=[3])", normal(2, 1, 5))
            .refuses(RANK + 1, normal(5)),
        entry(
                r -> new AdaptiveMaxPool2d(-1, 2),
                "AdaptiveMaxPool2d(outputs=[-1, 2])",
                normal(1, 1, 3, 4))
            .called((layer, xs) -> layer.forwardWithIndices(xs.getFirst()).values())
            .refuses(RANK + 1, normal(3)),
        entry(
                r -> new AdaptiveMaxPool3d(2, 1, 1),
                "AdaptiveMaxPool3d(outputs=[2, 1, 1])",
                normal(1, 3, 2, 2))
            .refuses(RANK + 3, normal(3, 2, 2)));
  }
}

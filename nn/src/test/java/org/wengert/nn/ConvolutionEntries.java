package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.PadMode;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's convolutions.
final class ConvolutionEntries {
  private ConvolutionEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        entry(
                r -> new Conv1d(2, 3, ConvOptions.of(3), r),
                "Conv1d(in=2, out=3, kernel=(3), stride=(1))",
                normal(2, 2, 5))
            .refuses("expects 2 channels in front of 1 axes, got shape (2, 3, 5)", normal(2, 3, 5))
            .refuses("conv1d: a kernel that spans 3 elements on axis -1 of 2", normal(2, 2)),
        entry(
            r -> new Conv1d(4, 2, ConvOptions.of(3).same().padMode(PadMode.CIRCULAR).groups(2), r),
            "Conv1d(in=4, out=2, kernel=(3), stride=(1), padding=same, groups=2, padMode=CIRCULAR)",
            normal(4, 4)),
        entry(
                r -> new Conv2d(2, 2, ConvOptions.of(3, 2).stride(2).padding(1).bias(false), r),
                "Conv2d(in=2, out=2, kernel=(3, 2), stride=(2, 2), padding=(1, 1), bias=false)",
                normal(1, 2, 4, 3))
            .refuses("expects 2 channels in front of 2 axes, got shape (4, 3)", normal(4, 3)),
        entry(
            r -> new Conv2d(1, 2, ConvOptions.of(2).same().dilation(2, 1), r),
            "Conv2d(in=1, out=2, kernel=(2, 2), stride=(1, 1), padding=same, dilation=(2, 1))",
            normal(1, 4, 3)),
        entry(
            r -> new Conv2d(1, 1, ConvOptions.of(3).padding(1, 2).padMode(PadMode.REFLECT), r),
            "Conv2d(in=1, out=1, kernel=(3, 3), stride=(1, 1), padding=(1, 2), padMode=REFLECT)",
            normal(1, 1, 3, 4)),
        entry(
                r -> new Conv3d(1, 2, ConvOptions.of(2), r),
                "Conv3d(in=1, out=2, kernel=(2, 2, 2), stride=(1, 1, 1))",
                normal(1, 1, 3, 2, 3))
            .refuses("expects 1 channels", normal(1, 2, 3, 2, 3)),
        entry(
                r -> new ConvTranspose1d(2, 3, ConvOptions.of(3).stride(2).outputPadding(1), r),
                "ConvTranspose1d(in=2, out=3, kernel=(3), stride=(2), outputPadding=(1))",
                normal(1, 2, 3))
            .refuses("expects 2 channels", normal(1, 3, 3)),
        entry(
                r -> new ConvTranspose2d(2, 4, ConvOptions.of(2, 3).padding(1).groups(2), r),
                "ConvTranspose2d(in=2, out=4, kernel=(2, 3), stride=(1, 1), padding=(1, 1), groups=2)",
                normal(1, 2, 3, 3))
            .refuses("expects 2 channels", normal(1, 4, 3, 3)),
        entry(
                r -> new ConvTranspose3d(1, 1, ConvOptions.of(2), r),
                "ConvTranspose3d(in=1, out=1, kernel=(2, 2, 2), stride=(1, 1, 1))",
                normal(1, 2, 2, 2))
            .refuses("expects 1 channels", normal(2, 2, 2, 2)));
  }
}

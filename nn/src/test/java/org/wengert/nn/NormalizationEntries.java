package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.stream.Stream;
import org.wengert.nn.LayerCatalogue.Entry;
import org.wengert.tensor.Shape;

/// The catalogue's layers that normalise or drop.
final class NormalizationEntries {
  private NormalizationEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(drops(), batches(), instances(), others()).flatMap(List::stream).toList();
  }

  private static List<Entry<?>> drops() {
    return List.of(
        entry(r -> new Dropout(0.25), "Dropout(p=0.25)", normal(3, 4)).elementwise(),
        entry(r -> new AlphaDropout(), "AlphaDropout(p=0.5)", normal(3, 4)).elementwise(),
        entry(r -> new Dropout1d(), "Dropout1d(p=0.5)", normal(2, 3, 2))
            .refuses("expects channels in front of 1 axis", normal(3)),
        entry(r -> new Dropout2d(), "Dropout2d(p=0.5)", normal(3, 2, 2))
            .refuses("expects channels in front of 2 axes", normal(3, 2)),
        entry(r -> new Dropout3d(0.3), "Dropout3d(p=0.3)", normal(1, 3, 2, 2, 1))
            .refuses("expects channels in front of 3 axes", normal(3, 2, 2)));
  }

  private static List<Entry<?>> batches() {
    RunningNormOptions plain = RunningNormOptions.ofBatch().affine(false).cumulative(true);
    return List.of(
        entry(
                r -> new BatchNorm1d(3),
                "BatchNorm1d(3, eps=1.0E-5, momentum=0.1, affine=true, trackRunningStats=true)",
                normal(4, 3))
            .refuses("expects 3 channels in (samples, channels) or (samples", normal(4, 2))
            .refuses("expects more than one number for each channel in training", normal(1, 3)),
        entry(
            r -> new BatchNorm1d(2, plain),
            "BatchNorm1d(2, eps=1.0E-5, momentum=cumulative, affine=false, trackRunningStats=true)",
            normal(2, 2, 3)),
        entry(
                r -> new BatchNorm2d(2, RunningNormOptions.ofBatch().trackRunningStats(false)),
                "BatchNorm2d(2, eps=1.0E-5, momentum=0.1, affine=true, trackRunningStats=false)",
                normal(2, 2, 2, 2))
            .refuses("expects 2 channels in (samples, channels, height, width)", normal(2, 2, 2)),
        entry(
                r -> new BatchNorm3d(2, RunningNormOptions.ofBatch().eps(0.01).momentum(0.5)),
                "BatchNorm3d(2, eps=0.01, momentum=0.5, affine=true, trackRunningStats=true)",
                normal(2, 2, 1, 2, 2))
            .refuses("expects 2 channels", normal(2, 3, 1, 2, 2)));
  }

  private static List<Entry<?>> instances() {
    RunningNormOptions all = RunningNormOptions.ofInstance().affine(true).trackRunningStats(true);
    return List.of(
        entry(
                r -> new InstanceNorm1d(2),
                "InstanceNorm1d(2, eps=1.0E-5, momentum=0.1, affine=false, trackRunningStats=false)",
                normal(2, 3))
            .refuses("expects 2 channels in (channels, plane..)", normal(3, 3))
            .refuses("expects more than one number for each channel of a sample", normal(2, 1)),
        entry(
                r -> new InstanceNorm2d(2, all),
                "InstanceNorm2d(2, eps=1.0E-5, momentum=0.1, affine=true, trackRunningStats=true)",
                normal(2, 2, 2, 2))
            .refuses("expects 2 channels in (samples, channels, plane..)", normal(2, 3, 2, 2)),
        entry(
                r -> new InstanceNorm3d(2, all),
                "InstanceNorm3d(2, eps=1.0E-5, momentum=0.1, affine=true, trackRunningStats=true)",
                normal(2, 1, 2, 2))
            .refuses("expects 2 channels", normal(2)));
  }

  private static List<Entry<?>> others() {
    return List.of(
        entry(r -> new LayerNorm(3), "LayerNorm((3), eps=1.0E-5, affine=true)", normal(2, 3))
            .refuses("expects last axes of sizes (3), got shape (2, 4)", normal(2, 4)),
        entry(
                r -> new LayerNorm(Shape.of(2, 3), 0.1, true, false),
                "LayerNorm((2, 3), eps=0.1, affine=true, bias=false)",
                normal(2, 2, 3))
            .refuses("expects last axes of sizes (2, 3), got shape (3)", normal(3)),
        entry(r -> new RMSNorm(3), "RMSNorm((3), eps=that of the type, affine=true)", normal(2, 3))
            .refuses("expects last axes of sizes (3)", normal(3, 2)),
        entry(
            r -> new RMSNorm(Shape.of(4), 0.1, false),
            "RMSNorm((4), eps=0.1, affine=false)",
            normal(4)),
        entry(r -> new GroupNorm(2, 4), "GroupNorm(2, 4, eps=1.0E-5, affine=true)", normal(2, 4, 3))
            .refuses("expects 4 channels in (samples, channels, ..)", normal(4)),
        entry(
                r -> new LocalResponseNorm(3, 0.5, 0.75, 1),
                "LocalResponseNorm(3, alpha=0.5, beta=0.75, k=1.0)",
                normal(1, 4, 2))
            .refuses("expects (samples, channels, ..) of at least 3 axes", normal(4, 2)));
  }
}

package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.stream.Stream;
import org.wengert.Convolution;
import org.wengert.Interpolation;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers for images that pad, change the resolution or rearrange.
final class ImageEntries {
  private ImageEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(zeros(), continued(), resolutions(), windows()).flatMap(List::stream).toList();
  }

  private static List<Entry<?>> zeros() {
    return List.of(
        entry(r -> new ZeroPad1d(1, 2), "ZeroPad1d([1, 2])", normal(2, 3))
            .refuses("expects channels in front of 1 axis", normal(3)),
        entry(r -> new ZeroPad2d(1), "ZeroPad2d([1, 1, 1, 1])", normal(1, 2, 3))
            .refuses("expects channels in front of 2 axes", normal(3)),
        entry(r -> new ZeroPad3d(1), "ZeroPad3d([1, 1, 1, 1, 1, 1])", normal(1, 2, 1, 2))
            .refuses("expects channels in front of 3 axes", normal(3)),
        entry(r -> new ConstantPad1d(1, 0.5), "ConstantPad1d([1, 1], value=0.5)", normal(1, 2, 3))
            .refuses("expects channels in front of 1 axis", normal(3)),
        entry(
                r -> new ConstantPad2d(new int[] {1, 0, -1, 2}, 2),
                "ConstantPad2d([1, 0, -1, 2], value=2.0)",
                normal(1, 3, 2))
            .refuses("expects channels in front of 2 axes", normal(3)),
        entry(
                r -> new ConstantPad3d(1, -1),
                "ConstantPad3d([1, 1, 1, 1, 1, 1], value=-1.0)",
                normal(1, 1, 1, 2, 1))
            .refuses("expects channels in front of 3 axes", normal(3)));
  }

  private static List<Entry<?>> continued() {
    return List.of(
        entry(r -> new ReflectionPad1d(2), "ReflectionPad1d([2, 2])", normal(2, 3))
            .refuses("pad: a padding of 2 beyond axis 1 of (1, 2)", normal(1, 2)),
        entry(
                r -> new ReflectionPad2d(1, 0, 2, 1),
                "ReflectionPad2d([1, 0, 2, 1])",
                normal(1, 3, 2))
            .refuses("expects channels in front of 2 axes", normal(3)),
        entry(
                r -> new ReflectionPad3d(1),
                "ReflectionPad3d([1, 1, 1, 1, 1, 1])",
                normal(1, 2, 2, 2))
            .refuses("expects channels in front of 3 axes", normal(3)),
        entry(r -> new ReplicationPad1d(3), "ReplicationPad1d([3, 3])", normal(2, 2))
            .refuses("expects channels in front of 1 axis", normal(3)),
        entry(r -> new ReplicationPad2d(1), "ReplicationPad2d([1, 1, 1, 1])", normal(1, 2, 2))
            .refuses("expects channels in front of 2 axes", normal(3)),
        entry(
                r -> new ReplicationPad3d(1),
                "ReplicationPad3d([1, 1, 1, 1, 1, 1])",
                normal(1, 1, 2, 1))
            .refuses("expects channels in front of 3 axes", normal(3)),
        entry(r -> new CircularPad1d(1, 2), "CircularPad1d([1, 2])", normal(1, 1, 2))
            .refuses("expects channels in front of 1 axis", normal(3)),
        entry(r -> new CircularPad2d(1), "CircularPad2d([1, 1, 1, 1])", normal(1, 2, 3))
            .refuses("expects channels in front of 2 axes", normal(3)),
        entry(r -> new CircularPad3d(1), "CircularPad3d([1, 1, 1, 1, 1, 1])", normal(1, 1, 2, 1))
            .refuses("expects channels in front of 3 axes", normal(3)));
  }

  private static List<Entry<?>> resolutions() {
    return List.of(
        entry(r -> new Upsample(2), "Upsample(factors=[2.0], mode=NEAREST)", normal(1, 2, 3))
            .refuses("expects (samples, channels, plane..), got shape (2, 3)", normal(2, 3)),
        entry(
                r -> new Upsample(Interpolation.LINEAR, true, 2, 1.5),
                "Upsample(factors=[2.0, 1.5], mode=LINEAR, alignCorners=true)",
                normal(1, 1, 2, 3))
            .refuses("expects (samples, channels, 2 axes), got shape (1, 2, 3)", normal(1, 2, 3)),
        entry(
            r -> Upsample.to(Interpolation.CUBIC, false, 4),
            "Upsample(sizes=[4], mode=CUBIC)",
            normal(1, 1, 3, 2)),
        entry(r -> new PixelShuffle(2), "PixelShuffle(factor=2)", normal(4, 2, 3))
            .refuses("pixelShuffle: 3 channels do not divide by 2²", normal(3, 2, 3)),
        entry(r -> new PixelUnshuffle(2), "PixelUnshuffle(factor=2)", normal(1, 2, 4))
            .refuses("height and width do not divide by 2", normal(1, 3, 4)),
        entry(r -> new ChannelShuffle(2), "ChannelShuffle(groups=2)", normal(1, 4, 2))
            .refuses("channels do not divide into 2 groups", normal(1, 3, 2)));
  }

  private static List<Entry<?>> windows() {
    Convolution spread = Convolution.defaults().padding(1, 0).stride(2, 1).dilation(1, 2);
    return List.of(
        entry(r -> new Unfold(2), "Unfold(kernel=(2, 2), stride=(1, 1))", normal(1, 3, 3))
            .refuses("expects (samples, channels, height, width)", normal(3, 3)),
        entry(
                r -> new Unfold(spread, 3, 2),
                "Unfold(kernel=(3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
                normal(1, 2, 3, 4))
            .refuses("a window of 3 with dilation 1 on an axis of 2", normal(1, 1, 0, 4)),
        entry(
                r -> new Fold(3, 3, 2),
                "Fold(height=3, width=3, kernel=(2, 2), stride=(1, 1))",
                normal(1, 4, 4))
            .refuses("expects (samples, a multiple of 4, 4 windows)", normal(1, 4, 3)),
        entry(
            r -> new Fold(3, 4, spread, 3, 2),
            "Fold(height=3, width=4, kernel=(3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
            normal(6, 4)));
  }
}

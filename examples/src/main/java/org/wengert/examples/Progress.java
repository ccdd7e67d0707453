package org.wengert.examples;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A line on stderr that says how far an epoch is, how fast it goes, and how large the loss is. It
/// disappears at the end of the epoch. Holds state.
final class Progress implements AutoCloseable {
  private static final int WIDTH = 79;

  private final long start = System.nanoTime();
  private final ProgressBar bar;

  Progress(int epoch, int images) {
    // The width is given, not asked for: asking would start a search for a terminal that warns.
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + epoch)
            .setInitialMax(images)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .hideEta()
            .clearDisplayOnFinish()
            .build();
  }

  /// So many images more, and the loss they had.
  void advance(int images, double loss) {
    bar.stepBy(images);
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = bar.getCurrent() / seconds;
    bar.setExtraMessage(String.format(Locale.ROOT, " %,.0f images/s, loss %.3f", rate, loss));
  }

  @Override
  public void close() {
    bar.close();
  }
}

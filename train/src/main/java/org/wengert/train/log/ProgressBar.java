package org.wengert.train.log;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;

/// How far a fit is, how fast it goes, when it will be done, and its loss. On a terminal this is a
/// bar that moves; in a pipe or a log file it is a line for each epoch, and one every ten seconds
/// in between, without any control characters. Holds state; not thread-safe.
///
/// A bar has 79 characters, or one less than the environment variable `COLUMNS` says.
public final class ProgressBar
    implements Callback.BeforeFit,
        Callback.AfterStep,
        Callback.AfterEpoch,
        Callback.AfterFit,
        Callback.AfterFailure,
        AutoCloseable {
  private static final double SECONDS_BETWEEN_LINES = 10;

  private final Mode mode;
  private final PrintStream out;
  private me.tongfei.progressbar.@Nullable ProgressBar bar;
  private @Nullable Terminal terminal;
  private long start;
  private long lastLine;
  private long firstStep;
  private long allSteps;
  private long samples;

  /// How progress is shown.
  public enum Mode {
    /// A bar that is drawn over itself.
    TERMINAL,
    /// Lines.
    PLAIN,
    /// Not at all.
    SILENT
  }

  /// On the standard error stream, as a bar if that is a terminal, otherwise as lines: wherever the
  /// standard output goes, `2>log` gets lines. Where the system does not tell the streams apart,
  /// there is a bar only if standard input and output are a terminal too.
  public ProgressBar() {
    this(Terminal.isStandardError() ? Mode.TERMINAL : Mode.PLAIN, System.err);
  }

  /// In a chosen way.
  public ProgressBar(Mode mode, PrintStream out) {
    this.mode = mode;
    this.out = out;
  }

  @Override
  public void beforeFit(Plan plan) {
    close(); // what a loop that failed has left
    firstStep = plan.step();
    allSteps = (long) plan.epochs() * plan.batches();
    samples = 0;
    start = System.nanoTime();
    lastLine = start;
  }

  @Override
  public void afterStep(StepReport step) {
    samples += step.samples();
    if (mode == Mode.TERMINAL) {
      draw(step);
    } else if (mode == Mode.PLAIN && seconds(lastLine) > SECONDS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      say(
          "epoch %d, batch %d of %d: loss %s, %s",
          step.epoch(), step.batch(), step.batches(), number(step.loss()), pace(step.step()));
    }
  }

  private void draw(StepReport step) {
    me.tongfei.progressbar.ProgressBar shown = bar;
    if (shown == null) {
      Terminal line = Terminal.of(out);
      terminal = line;
      shown =
          new ProgressBarBuilder()
              .setTaskName("epoch " + step.epoch())
              .setInitialMax(step.batches())
              .setUpdateIntervalMillis(100)
              .setConsumer(line)
              .setRenderer(Terminal::line)
              .build();
      bar = shown;
    }
    shown.stepTo(step.batch());
    shown.setExtraMessage("loss " + number(step.loss()) + ", " + pace(step.step()));
  }

  /// Samples in a second, and what is left at the pace so far, validation included.
  private String pace(long step) {
    double passed = Math.max(seconds(start), 1e-9);
    long done = Math.max(1, step - firstStep);
    long left = Math.round(passed / done * Math.max(0, allSteps - step));
    return format("%,.0f samples/s, %s left", samples / passed, clock(left));
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? format("%d:%02d", seconds / 60, seconds % 60)
        : format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    close();
    StringBuilder line =
        new StringBuilder("epoch ")
            .append(epoch.epoch())
            .append(" of ")
            .append(epoch.epochs())
            .append(": loss ")
            .append(number(epoch.loss()));
    append(line, epoch.metrics());
    if (!Double.isNaN(epoch.validationLoss()) || !epoch.validationMetrics().isEmpty()) {
      line.append("; validation loss ").append(number(epoch.validationLoss()));
      append(line, epoch.validationMetrics());
    }
    say("%s; %.1f s, %s", line, epoch.seconds(), pace(epoch.step()));
    lastLine = System.nanoTime();
  }

  private static void append(StringBuilder line, Map<String, Double> metrics) {
    metrics.forEach(
        (name, value) ->
            line.append(", ").append(Plain.line(name)).append(' ').append(number(value)));
  }

  @Override
  public void afterFit(History history) {
    close();
    if (!history.end().isEmpty()) {
      say("%s", Plain.line(history.end()));
    }
  }

  /// Takes the bar away, so that what is printed of the failure does not stand in it.
  @Override
  public void afterFailure(Throwable failure) {
    close();
  }

  /// Takes the bar away.
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (terminal != null) {
      terminal.close(); // the bar leaves this to its thread, and may not wait for it
      terminal = null;
    }
  }

  private void say(String format, Object... arguments) {
    if (mode != Mode.SILENT) {
      out.println(format(format, arguments));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static String number(double value) {
    return format("%.4g", value);
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need a dependency
  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

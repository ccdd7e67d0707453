package org.wengert.train.log;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/// A line of a terminal that is drawn over itself. It is never wider than the terminal: a line that
/// wraps could not be drawn over. Holds state, whether it is closed; thread-safe, as the bar draws
/// by a thread of its own, which may be late.
final class Terminal implements ProgressBarConsumer {
  private static final int COMMON = 80;
  private static final int LEAST = 20;
  private static final int LONGEST_BAR = 16;
  private static final int SHORTEST_BAR = 4;

  private final PrintStream out;
  private final int width;
  private boolean closed;

  private Terminal(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /// A line of what `out` leads to.
  static Terminal of(PrintStream out) {
    return new Terminal(out, width(System.getenv("COLUMNS")));
  }

  /// One less than the terminal has, where the cursor stands: of 80 columns if it does not say.
  static int width(@Nullable String columns) {
    boolean number = columns != null && columns.matches("[0-9]{1,4}");
    return Math.max(LEAST, number ? Integer.parseInt(columns) : COMMON) - 1;
  }

  /// Whether the standard error stream leads to a terminal. Java only knows whether the standard
  /// input and output do, and of these both. `TERM=dumb` cannot draw over what it has.
  static boolean isStandardError() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(descriptor)) {
      return leadsToOne(descriptor);
    }
    boolean both = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return both && !Files.isRegularFile(Path.of("/dev/fd/2")); // as macOS shows it
  }

  /// Whether a descriptor, as Linux shows it, is a terminal and not a file or a pipe.
  static boolean leadsToOne(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException e) {
      return false;
    }
  }

  /// `epoch 1 [=====>      ] 12/63  loss 0.65, ...`: the bar takes what the words leave it.
  static String line(ProgressState state, int width) {
    String before = state.getTaskName() + " [";
    String after = "] %d/%d  %s".formatted(state.getCurrent(), state.getMax(), message(state));
    int room = width - before.length() - after.length();
    int bar = Math.clamp(room, SHORTEST_BAR, LONGEST_BAR);
    int done = (int) Math.round(state.getNormalizedProgress() * bar);
    String head = done > 0 && done < bar ? "=".repeat(done - 1) + ">" : "=".repeat(done);
    String all = before + head + " ".repeat(bar - done) + after;
    return all.substring(0, Math.min(all.length(), width));
  }

  private static String message(ProgressState state) {
    String message = state.getExtraMessage();
    return message == null ? "" : message;
  }

  @Override
  public int getMaxRenderedLength() {
    return width;
  }

  @Override
  public synchronized void accept(String line) {
    if (!closed) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
    }
  }

  /// Empties the line: what is written next stands in it, and nothing is drawn any more.
  @Override
  public synchronized void close() {
    if (!closed) {
      accept("");
      out.print("\r");
      out.flush();
      closed = true;
    }
  }
}

package org.wengert.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.wengert.benchmarks.Alone;
import org.wengert.benchmarks.Workload;
import org.wengert.benchmarks.Workloads;
import org.wengert.tensor.Tensor;

/// One workload by libtorch for some seconds in a process of its own, as [Alone] runs ours.
public final class AloneNative {
  private AloneNative() {}

  /// See [Alone#main].
  ///
  /// @param args a name of [Workloads], seconds and threads
  public static void main(String[] args) throws IOException {
    Workloads kind = Workloads.valueOf(args[0].toUpperCase(Locale.ROOT));
    Libtorch.threads(Integer.parseInt(args[2]));
    Libtorch theirs = Twins.of(kind, kind.make());
    Alone.run(
        new Workload() {
          @Override
          public String name() {
            return kind.name().toLowerCase(Locale.ROOT) + " by libtorch";
          }

          @Override
          public double step() {
            return theirs.step();
          }

          @Override
          public double squares() {
            return theirs.squares();
          }

          @Override
          public List<Tensor> tensors() {
            return List.of();
          }
        },
        Double.parseDouble(args[1]));
  }
}

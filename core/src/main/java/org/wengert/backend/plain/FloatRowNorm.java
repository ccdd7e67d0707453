package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.FloatNorms;

/// [RowNormKernel] on `float`, row by row.
final class FloatRowNorm implements RowNorm {
  private static final int TOGETHER = 4; // rows that are added up in registers

  private final FloatNorms loops;

  FloatRowNorm(FloatNorms loops) {
    this.loops = loops;
  }

  @Override
  @SuppressWarnings("cast") // needed on this width only
  public void normalize(Job job, Span to, Object bias, int first, int end) {
    float[] x = (float[]) job.x().array();
    float[] y = (float[]) to.array();
    float[] w = (float[]) job.weight();
    int size = job.size();
    for (int row = first; row < end; row++) {
      int from = job.x().at() + row * size;
      float mean = job.centered() ? (float) ((double) loops.sum(x, from, size) / size) : 0;
      float variance = (float) ((double) loops.squares(x, from, size, mean) / size);
      job.mean().put(row, mean);
      job.variance().put(row, variance);
      float scale = (float) (1 / Math.sqrt(variance + job.eps()));
      loops.affineRow(y, to.at() + row * size, x, from, w, (float[]) bias, size, mean, scale);
    }
  }

  @Override
  public void gradients(
      Job job, Span gradient, int step, Span to, @Nullable Slopes slopes, int first, int end) {
    float[] found = new float[2 * TOGETHER];
    float[] room = new float[FloatNorms.ROOM];
    float[] abc = new float[4];
    for (int row = first; row < end; row += TOGETHER) {
      Span gy = gradient.from(row * step);
      int rows = Math.min(TOGETHER, end - row);
      if (slopes != null) {
        addSlopes(job, gy, step, slopes, row, rows, found);
      }
      for (int r = 0; r < rows; r++) {
        gradient(job, gy.from(r * step), to, row + r, room, abc);
      }
    }
  }

  @SuppressWarnings("cast") // needed on this width only
  private void addSlopes(
      Job job, Span gy, int step, Slopes slopes, int row, int rows, float[] found) {
    for (int r = 0; r < rows; r++) {
      found[2 * r] = (float) job.mean().get(row + r);
      found[2 * r + 1] = (float) scale(job, row + r);
    }
    float[] x = (float[]) job.x().array();
    float[] g = (float[]) gy.array();
    float[] gw = (float[]) slopes.weight().array();
    float[] gb = (float[]) slopes.bias().array();
    int from = job.x().at() + row * job.size();
    loops.addSlopes(gw, gb, slopes.at(), g, gy.at(), step, x, from, job.size(), rows, found);
  }

  private static double scale(Job job, int row) {
    return 1 / Math.sqrt(job.variance().get(row) + job.eps());
  }

  @SuppressWarnings("cast") // needed on this width only
  private void gradient(Job job, Span gradient, Span to, int row, float[] room, float[] abc) {
    float[] x = (float[]) job.x().array();
    float[] gy = (float[]) gradient.array();
    float[] gx = (float[]) to.array();
    float[] w = (float[]) job.weight();
    int size = job.size();
    int from = job.x().at() + row * size;
    int at = gradient.at();
    double scale = scale(job, row);
    abc[0] = (float) job.mean().get(row);
    abc[1] = (float) scale;
    loops.slopeSums(gy, at, x, from, w, size, abc[0], room);
    abc[2] = job.centered() ? (float) ((double) room[0] / size) : 0;
    abc[3] = (float) (room[1] * scale * scale / size);
    loops.slopeRow(gx, to.at() + row * size, gy, at, x, from, w, size, abc);
  }
}

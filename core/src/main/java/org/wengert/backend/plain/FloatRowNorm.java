package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.FloatNorms;

/// [RowNormKernel] on `float`, row by row.
final class FloatRowNorm implements RowNorm {
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
  @SuppressWarnings("cast") // needed on this width only
  public void gradients(
      Job job, Span gradient, int step, Span to, @Nullable Slopes slopes, int first, int end) {
    float[] x = (float[]) job.x().array();
    float[] gy = (float[]) gradient.array();
    float[] gx = (float[]) to.array();
    float[] w = (float[]) job.weight();
    int size = job.size();
    float[] room = new float[FloatNorms.ROOM];
    float[] abc = new float[4];
    for (int row = first; row < end; row++) {
      int from = job.x().at() + row * size;
      int at = gradient.at() + row * step;
      double scale = 1 / Math.sqrt(job.variance().get(row) + job.eps());
      abc[0] = (float) job.mean().get(row);
      abc[1] = (float) scale;
      if (slopes != null) {
        float[] gw = (float[]) slopes.weight().array();
        float[] gb = (float[]) slopes.bias().array();
        loops.addSlopes(gw, gb, slopes.at(), gy, at, x, from, size, abc[0], abc[1]);
      }
      loops.slopeSums(gy, at, x, from, w, size, abc[0], room);
      abc[2] = job.centered() ? (float) ((double) room[0] / size) : 0;
      abc[3] = (float) (room[1] * scale * scale / size);
      loops.slopeRow(gx, to.at() + row * size, gy, at, x, from, w, size, abc);
    }
  }
}

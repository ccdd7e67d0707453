package org.wengert.backend.plain;

import org.wengert.backend.FloatNorms;

/// [PlaneNormKernel] on `float`, plane by plane.
final class FloatPlaneNorm implements PlaneNorm {
  private final FloatNorms loops;

  FloatPlaneNorm(FloatNorms loops) {
    this.loops = loops;
  }

  @Override
  @SuppressWarnings("cast") // needed on this width only
  public void normalize(Job job, Span to, Affine affine, int first, int end) {
    PlaneSets sets = job.sets();
    float[] x = (float[]) job.x().array();
    float[] y = (float[]) to.array();
    int from = job.x().at();
    int size = sets.size();
    statistics(job, x, first, end);
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          int channel = sets.channel(plane);
          int start = plane * size;
          double root = Math.sqrt(job.variance().get(set) + job.eps());
          float mean = (float) job.mean().get(set);
          float scale = (float) (affine.weight().get(channel) / root);
          float shift = (float) affine.bias().get(channel);
          loops.affine(y, to.at() + start, x, from + start, size, mean, scale, shift);
        });
  }

  /// The means and variances.
  @SuppressWarnings("cast") // needed on this width only
  private void statistics(Job job, float[] x, int first, int end) {
    PlaneSets sets = job.sets();
    int from = job.x().at();
    int size = sets.size();
    float[] sums = new float[(end - first) * sets.planes()];
    sets.forEachPlane(
        first, end, (set, plane, place) -> sums[place] = loops.sum(x, from + plane * size, size));
    means(sets, sums, job.mean(), first, end);
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          float mean = (float) job.mean().get(set);
          sums[place] = loops.squares(x, from + plane * size, size, mean);
        });
    means(sets, sums, job.variance(), first, end);
  }

  /// The sums of the planes of each set, joined and divided by the number of elements.
  private void means(PlaneSets sets, float[] sums, Span means, int first, int end) {
    for (int set = first; set < end; set++) {
      double sum = loops.sum(sums, (set - first) * sets.planes(), sets.planes());
      means.put(set, sum / sets.numbers());
    }
  }

  @Override
  public void gradients(Job job, Span gy, Span weight, Gradients to, int first, int end) {
    double[] sums = new double[end - first];
    double[] products = new double[end - first];
    sums(job, gy, weight, to, first, end, sums, products);
    slopes(job, gy, weight, to.x(), first, end, sums, products);
  }

  @SuppressWarnings("cast") // needed on this width only
  private void sums(
      Job job,
      Span gy,
      Span weight,
      Gradients to,
      int first,
      int end,
      double[] sums,
      double[] products) {
    PlaneSets sets = job.sets();
    int size = sets.size();
    float[] g = (float[]) gy.array();
    float[] x = (float[]) job.x().array();
    float[] ones = FloatNorms.row(size, 1);
    float[] room = new float[FloatNorms.ROOM];
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          int start = plane * size;
          float mean = (float) job.mean().get(set);
          loops.slopeSums(g, gy.at() + start, x, job.x().at() + start, ones, size, mean, room);
          to.bias().put(plane, room[0]);
          double root = Math.sqrt(job.variance().get(set) + job.eps());
          to.weight().put(plane, room[1] / root);
          double scale = weight.get(sets.channel(plane));
          sums[set - first] += scale * room[0];
          products[set - first] += scale * room[1];
        });
  }

  @SuppressWarnings("cast") // needed on this width only
  private void slopes(
      Job job,
      Span gy,
      Span weight,
      Span gx,
      int first,
      int end,
      double[] sums,
      double[] products) {
    PlaneSets sets = job.sets();
    int size = sets.size();
    float[] g = (float[]) gy.array();
    float[] x = (float[]) job.x().array();
    float[] y = (float[]) gx.array();
    float[] abc = new float[4];
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          double scale = 1 / Math.sqrt(job.variance().get(set) + job.eps());
          int start = plane * size;
          abc[0] = (float) job.mean().get(set);
          abc[1] = (float) (scale * weight.get(sets.channel(plane)));
          abc[2] = (float) (scale * scale * scale * products[set - first] / sets.numbers());
          abc[3] = (float) (scale * sums[set - first] / sets.numbers());
          int at = gy.at() + start;
          loops.slope(y, gx.at() + start, g, at, x, job.x().at() + start, size, abc);
        });
  }
}

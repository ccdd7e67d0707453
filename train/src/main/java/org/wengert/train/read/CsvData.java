package org.wengert.train.read;

import java.util.List;
import java.util.Objects;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.BatchDataset;
import org.wengert.train.data.Sample;

/// The rows of a CSV file in memory, four bytes for each column that is used; see [CsvEncoding] for
/// what a sample is. Immutable.
public final class CsvData implements BatchDataset<Sample> {
  private final CsvEncoding encoding;
  private final float[] rows;
  private final int size;

  /// Takes the array as it is.
  CsvData(CsvEncoding encoding, float[] rows, int size) {
    this.encoding = encoding;
    this.rows = rows;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Sample get(int index) {
    return encoding.sample(rows, Objects.checkIndex(index, size) * encoding.columns());
  }

  @Override
  public Sample batch(int... indices) {
    float[] chosen = new float[indices.length * encoding.columns()];
    for (int i = 0; i < indices.length; i++) {
      int from = Objects.checkIndex(indices[i], size) * encoding.columns();
      System.arraycopy(rows, from, chosen, i * encoding.columns(), encoding.columns());
    }
    CsvData some = new CsvData(encoding, chosen, indices.length);
    return new Sample(some.inputs(), some.targets());
  }

  /// How columns became numbers; reads other files in the same way.
  public CsvEncoding encoding() {
    return encoding;
  }

  /// The names of the features.
  public List<String> features() {
    return encoding.features();
  }

  /// The names of the classes, in the order of their numbers; none without a label.
  public List<String> classes() {
    return encoding.classes();
  }

  /// All inputs, `FLOAT32`, `(size, features)`.
  public Tensor inputs() {
    int width = encoding.width();
    float[] features = new float[Math.multiplyExact(size, width)];
    for (int i = 0; i < size; i++) {
      encoding.expand(rows, i * encoding.columns(), features, i * width);
    }
    return Tensor.over(new Storage.Floats(features), Shape.of(size, width));
  }

  /// All targets: classes, `INT64`, `(size)`; or numbers, `FLOAT32`, `(size, targets)`.
  public Tensor targets() {
    return encoding.targets(rows, 0, size, true);
  }

  @Override
  public String toString() {
    return size + " rows of " + encoding;
  }
}

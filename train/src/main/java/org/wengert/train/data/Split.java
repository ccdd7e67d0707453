package org.wengert.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Which samples to learn from, and which to be tested on: numbers, so that datasets, tensors and
/// arrays can be divided alike.
///
/// ```
/// Split split = Split.trainTestSplit(digits.size(), 0.2, seed);
/// DataLoader<Sample> loader = DataLoader.of(split.train(digits), options);
/// for (Split fold : Split.stratifiedKFold(labels, 5, seed)) { ... }
/// ```
///
/// Nothing is learned from what is to be tested on: fit a [Normalize] on the training part
/// only. Immutable and thread-safe; the same seed gives the same split on every platform.
///
/// Sizes are those of scikit-learn: `train_test_split`, `KFold` and `StratifiedKFold` of
/// `sklearn.model_selection` (1.5); which samples are drawn differs, as its generator does.
public final class Split {
  private final int[] train;
  private final int[] test;

  private Split(int[] train, int[] test) {
    this.train = train;
    this.test = test;
  }

  /// A share of the samples to be tested on, rounded up, and the rest; both in random order.
  ///
  /// @param size how many samples there are
  /// @param testSize the share, above 0 and below 1; scikit-learn's default is 0.25
  /// @throws OptionException if the share is out of range, or one part would be empty
  public static Split trainTestSplit(int size, double testSize, long seed) {
    int test = testCount(size, testSize);
    int[] order = Seeds.range(size);
    Seeds.shuffle(order, Seeds.generator(seed));
    return new Split(Arrays.copyOfRange(order, test, size), Arrays.copyOf(order, test));
  }

  private static int testCount(int size, double testSize) {
    if (!(testSize > 0 && testSize < 1)) {
      throw new OptionException("testSize is " + testSize)
          .hint("give the share of the samples to be tested on, above 0 and below 1");
    }
    int test = (int) Math.ceil(testSize * size);
    if (test >= size) {
      throw new OptionException("of " + size + " samples, " + test + " are tested on, none is left")
          .hint("take more samples or a smaller testSize");
    }
    return test;
  }

  /// The same such that both parts have, as far as numbers allow, each class's share of the whole:
  /// both sizes are divided among classes in proportion, rounded down; what is left goes to those
  /// with the largest remainders, by lot among equals.
  ///
  /// @param labels the class of each sample: whole numbers, one axis
  /// @param testSize the share, above 0 and below 1
  /// @throws OptionException if a class has one sample only, or a part would have fewer samples
  ///     than there are classes
  public static Split trainTestSplit(Tensor labels, double testSize, long seed) {
    Classes classes = Classes.of(labels);
    int size = labels.count();
    int test = testCount(size, testSize);
    int smallest = IntStream.of(classes.sizes()).min().orElse(0);
    if (smallest < 2) {
      throw new OptionException("class " + label(classes, smallest) + " has 1 sample")
          .hint("each part needs one: collect more, or leave the class out");
    }
    if (Math.min(test, size - test) < classes.count()) {
      throw new OptionException(
              "parts of " + (size - test) + " and " + test + " for " + classes.count() + " classes")
          .hint("each part needs a sample of each class: change testSize");
    }
    RandomGenerator random = Seeds.generator(seed);
    int[] toTrain = proportional(classes.sizes(), size - test, random);
    int[] left = classes.sizes().clone();
    Arrays.setAll(left, c -> left[c] - toTrain[c]);
    int[] toTest = proportional(left, test, random);
    return drawn(classes, toTrain, toTest, random);
  }

  private static long label(Classes classes, int size) {
    int[] sizes = classes.sizes();
    int place =
        IntStream.range(0, sizes.length).filter(c -> sizes[c] == size).findFirst().orElse(0);
    return classes.labels()[place];
  }

  /// Divides `draws` in proportion to the counts.
  private static int[] proportional(int[] counts, int draws, RandomGenerator random) {
    double sum = IntStream.of(counts).sum();
    int[] shares = new int[counts.length];
    double[] remainders = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double share = counts[i] / sum * draws;
      shares[i] = (int) share;
      remainders[i] = share - shares[i];
    }
    int[] lots = Seeds.range(counts.length);
    Seeds.shuffle(lots, random);
    int left = draws - IntStream.of(shares).sum();
    IntStream.of(lots)
        .boxed()
        .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
        .limit(left)
        .forEach(i -> shares[i]++);
    return shares;
  }

  private static Split drawn(Classes classes, int[] toTrain, int[] toTest, RandomGenerator random) {
    IntStream.Builder train = IntStream.builder();
    IntStream.Builder test = IntStream.builder();
    for (int c = 0; c < classes.count(); c++) {
      int[] members = classes.members(c);
      Seeds.shuffle(members, random);
      for (int i = 0; i < toTrain[c] + toTest[c]; i++) {
        (i < toTrain[c] ? train : test).add(members[i]);
      }
    }
    int[] trained = train.build().toArray();
    int[] tested = test.build().toArray();
    Seeds.shuffle(trained, random);
    Seeds.shuffle(tested, random);
    return new Split(trained, tested);
  }

  /// Folds of samples one behind the other, each of them tested on once: the first `size % folds`
  /// have one more than the others.
  ///
  /// @param folds how many, at least 2; scikit-learn's default is 5
  /// @throws OptionException if there are fewer samples than folds
  public static List<Split> kFold(int size, int folds) {
    return kFold(Seeds.range(size), folds);
  }

  /// The same with samples put into random order before; within each part they are in order.
  public static List<Split> kFold(int size, int folds, long seed) {
    int[] order = Seeds.range(size);
    Seeds.shuffle(order, Seeds.generator(seed));
    return kFold(order, folds);
  }

  private static List<Split> kFold(int[] order, int folds) {
    int size = order.length;
    requireFolds(folds, size, "samples");
    int[] foldOf = new int[size];
    for (int fold = 0, from = 0; fold < folds; fold++) {
      int to = from + size / folds + (fold < size % folds ? 1 : 0);
      for (int i = from; i < to; i++) {
        foldOf[order[i]] = fold;
      }
      from = to;
    }
    return splits(foldOf, folds);
  }

  private static void requireFolds(int folds, int members, String what) {
    if (folds < 2 || folds > members) {
      throw new OptionException(folds + " folds of " + members + " " + what)
          .hint("take at least 2 folds, and no more than there are " + what);
    }
  }

  /// Folds that have each class's share of the whole, as far as numbers allow, filled in the order
  /// of the samples.
  ///
  /// @param labels the class of each sample: whole numbers, one axis
  /// @param folds how many, at least 2
  /// @throws OptionException if no class has as many samples as there are folds
  public static List<Split> stratifiedKFold(Tensor labels, int folds) {
    return stratified(labels, folds, null);
  }

  /// The same with samples of each class put into random order before.
  public static List<Split> stratifiedKFold(Tensor labels, int folds, long seed) {
    return stratified(labels, folds, Seeds.generator(seed));
  }

  private static List<Split> stratified(
      Tensor labels, int folds, @Nullable RandomGenerator random) {
    Classes classes = Classes.of(labels).inOrderOfAppearance();
    int largest = IntStream.of(classes.sizes()).max().orElse(0);
    requireFolds(folds, largest, "samples of the largest class");
    int[] foldOf = new int[labels.count()];
    int before = 0; // samples of the classes before, as if all were sorted by class
    for (int c = 0; c < classes.count(); c++) {
      int[] members = classes.members(c);
      int[] inFold = new int[folds];
      for (int i = 0; i < members.length; i++) {
        inFold[(before + i) % folds]++;
      }
      before += members.length;
      int[] fold =
          IntStream.range(0, folds)
              .flatMap(f -> IntStream.generate(() -> f).limit(inFold[f]))
              .toArray();
      if (random != null) {
        Seeds.shuffle(fold, random);
      }
      for (int i = 0; i < members.length; i++) {
        foldOf[members[i]] = fold[i];
      }
    }
    return splits(foldOf, folds);
  }

  private static List<Split> splits(int[] foldOf, int folds) {
    List<Split> splits = new ArrayList<>(folds);
    for (int fold = 0; fold < folds; fold++) {
      int now = fold;
      splits.add(
          new Split(
              IntStream.range(0, foldOf.length).filter(i -> foldOf[i] != now).toArray(),
              IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == now).toArray()));
    }
    return splits;
  }

  /// The numbers of the samples to learn from; a copy.
  public int[] train() {
    return train.clone();
  }

  /// The numbers of the samples to be tested on; a copy.
  public int[] test() {
    return test.clone();
  }

  /// The samples to learn from.
  public <S> Dataset<S> train(Dataset<S> dataset) {
    return dataset.subset(train);
  }

  /// The samples to be tested on.
  public <S> Dataset<S> test(Dataset<S> dataset) {
    return dataset.subset(test);
  }

  /// The samples to learn from.
  public <S> TensorDataset<S> train(TensorDataset<S> dataset) {
    return dataset.subset(train);
  }

  /// The samples to be tested on.
  public <S> TensorDataset<S> test(TensorDataset<S> dataset) {
    return dataset.subset(test);
  }

  /// The rows to learn from, copied.
  public Tensor train(Tensor rows) {
    return Rows.gather(rows.contiguous(), train);
  }

  /// The rows to be tested on, copied.
  public Tensor test(Tensor rows) {
    return Rows.gather(rows.contiguous(), test);
  }

  @Override
  public String toString() {
    return "Split[" + train.length + " to learn from, " + test.length + " to be tested on]";
  }
}

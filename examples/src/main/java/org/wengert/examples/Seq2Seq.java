package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.examples.translation.Dates;
import org.wengert.examples.translation.Dates.Translation;
import org.wengert.examples.translation.Translator;
import org.wengert.optim.Adam;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.log.EpochTable;
import org.wengert.train.plot.HeatMap;
import org.wengert.train.plot.Plot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A network learns to translate dates as people write them into those of ISO 8601, by reading in
/// both directions and looking back while it writes: see [Translator]. The picture shows where it
/// looks. Each sample is drawn anew by its own generator, so that the seed decides about all of
/// them, for any number of workers.
@Command(
    name = "Seq2Seq",
    sortOptions = false,
    description = "Teaches a network to translate dates in words into digits.")
public final class Seq2Seq implements Callable<Integer> {
  private static final int WIDTH = 64;
  private static final int VALIDATION = 500;
  private static final int SHOWN = 6;
  private static final String PICTURED = "the twenty third of november 1987";

  @Mixin
  private final EpochOptions options = new EpochOptions(Path.of("target", "seq2seq"), 6, 64, 0.004);

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "6400",
      description = "dates in an epoch; default ${DEFAULT-VALUE}")
  private int samples;

  /// A run that has not begun; [#main] gives it its options.
  public Seq2Seq() {}

  /// Runs the example; the exit code is 2 if arguments are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Seq2Seq(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.requireAtLeastOne("--samples", samples);
    options.prepare();
    Translator model = new Translator(WIDTH, new Rng(options.seed()));
    int count = model.parameters().stream().mapToInt(p -> p.value().count()).sum();
    say("%,d parameters; %,d dates in an epoch%n", count, samples);
    Rng others = new Rng(options.seed() + 1);
    List<Dates.Pair> unseen = Stream.generate(() -> Dates.draw(others)).limit(VALIDATION).toList();
    Dataset<Translation> validation = Dataset.of(unseen).map(Dates::encode);
    Results results =
        new Results(options, "Seq2Seq")
            .showing("attention.png", "where it looks while it writes", () -> attention(model));
    History history =
        Trainer.defaults()
            .epochs(options.epochs())
            .clipNorm(1)
            .validation(DataLoader.of(validation, options.loading().shuffle(false)), model::loss)
            .callbacks(results.callbacks(new EpochTable()))
            .fit(
                model,
                model::loss,
                new Adam(model.parameters(), options.learningRate()),
                DataLoader.of(training(), options.loading()));
    translate(model, unseen);
    results.write(history, model);
    return 0;
  }

  /// Dates that are drawn when they are asked for, others each epoch.
  private Dataset<Translation> training() {
    return Dataset.of(IntStream.range(0, samples).boxed().toList())
        .map((number, random) -> Dates.encode(Dates.draw(random)));
  }

  private static void translate(Translator model, List<Dates.Pair> unseen) {
    Tensor sources = stacked(unseen.stream().map(pair -> Dates.encode(pair.words())).toList());
    Tensor targets = model.translate(sources).target();
    say("");
    int right = 0;
    for (int i = 0; i < unseen.size(); i++) {
      Dates.Pair pair = unseen.get(i);
      String written = Dates.decode(targets.slice(0, i, i + 1, 1));
      right += written.equals(pair.iso()) ? 1 : 0;
      if (i < SHOWN) {
        say("%-33s %s%s", pair.words(), written, written.equals(pair.iso()) ? "" : "   wrong");
      }
    }
    say("%n%.1f %% of %d other dates are right", 100.0 * right / unseen.size(), unseen.size());
  }

  private static Tensor stacked(List<Tensor> rows) {
    DataLoader.Options whole = DataLoader.Options.defaults().batchSize(rows.size()).shuffle(false);
    return DataLoader.of(Dataset.of(rows), whole).iterator().next();
  }

  /// Where it looks, letter by letter.
  private static Plot attention(Translator model) {
    Translator.Result result = model.translate(stacked(List.of(Dates.encode(PICTURED))));
    Tensor looks = result.attention().slice(2, 0, PICTURED.length(), 1);
    return HeatMap.of(
            "Where it looks while it writes", looks.reshape(Dates.LENGTH, PICTURED.length()))
        .rows(
            "written", Dates.decode(result.target()).chars().mapToObj(Character::toString).toList())
        .columns("read", PICTURED.chars().mapToObj(Character::toString).toList());
  }
}

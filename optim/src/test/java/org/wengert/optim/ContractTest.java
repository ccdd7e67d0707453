package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.tensor.Tensor;

/// No optimizer and no schedule escapes the claims, and no option gets lost.
class ContractTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wengert.optim");

  private static Set<String> concrete(Class<?> kind) {
    return CLASSES.stream()
        .filter(c -> c.isAssignableTo(kind) && !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .map(JavaClass::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> kinds(Collection<?> objects) {
    return objects.stream()
        .map(object -> object.getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// [LBFGS] has claims of its own, since it needs the loss.
  @Test
  void everyOptimizerIsInTheCatalogue() {
    List<Parameter> one = List.of(new Parameter(Tensor.of(1.0)));
    List<Optimizer> optimizers = new ArrayList<>(List.of(new LBFGS(one)));
    OptimizerCatalogue.entries().forEach(entry -> optimizers.add(entry.optimizer(one, 0.1)));
    assertEquals(concrete(Optimizer.class), kinds(optimizers));
  }

  @Test
  void everyScheduleIsInTheCatalogue() {
    Adam adam = new Adam(List.of(new Parameter(Tensor.of(1.0))));
    List<LearningRateScheduler> schedules =
        ScheduleCatalogue.entries().stream().map(entry -> entry.make().apply(adam)).toList();
    assertEquals(concrete(LearningRateScheduler.class), kinds(schedules));
  }

  /// All classes whose options are records, and there are as many as there are such records.
  private static List<Record> options() {
    return List.of(
        SGD.Options.defaults(),
        Adam.Options.defaults(),
        AdamW.Options.defaults(),
        NAdam.Options.defaults(),
        RAdam.Options.defaults(),
        Adamax.Options.defaults(),
        Adagrad.Options.defaults(),
        Adadelta.Options.defaults(),
        RMSprop.Options.defaults(),
        Rprop.Options.defaults(),
        Lion.Options.defaults(),
        LBFGS.Options.defaults(),
        OneCycleLR.Options.defaults(),
        CyclicLR.Options.defaults(),
        ReduceLROnPlateau.Options.defaults(),
        LinearLR.Options.defaults(),
        CosineAnnealingWarmRestarts.Options.defaults(),
        Stability.Options.defaults());
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    assertEquals(
        List.of(
            new SGD.Options(1e-3, 0, 0, false, 0, false, false),
            new Adam.Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false),
            new AdamW.Options(1e-3, 0.9, 0.999, 1e-8, 0.01, false, false),
            new NAdam.Options(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false),
            new RAdam.Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false),
            new Adamax.Options(2e-3, 0.9, 0.999, 1e-8, 0, false),
            new Adagrad.Options(1e-2, 0, 0, 0, 1e-10, false),
            new Adadelta.Options(1, 0.9, 1e-6, 0, false),
            new RMSprop.Options(1e-2, 0.99, 1e-8, 0, 0, false, false),
            new Rprop.Options(1e-2, 0.5, 1.2, 1e-6, 50, false),
            new Lion.Options(1e-4, 0.9, 0.99, 0, false),
            new LBFGS.Options(1, 20, 25, 1e-7, 1e-9, 100, false, 0.9, false),
            new OneCycleLR.Options(0.3, Annealing.COSINE, true, 0.85, 0.95, 25, 1e4, false),
            new CyclicLR.Options(2000, 2000, CyclicLR.Mode.TRIANGULAR, 1, true, 0.8, 0.9),
            new ReduceLROnPlateau.Options(false, 0.1, 10, 1e-4, true, 0, 0, 1e-8),
            new LinearLR.Options(1.0 / 3, 1, 5),
            new CosineAnnealingWarmRestarts.Options(1, 0),
            new Stability.Options(1e-6, 200, 64, 42)),
        options());
  }

  @Test
  void everyRecordOfOptionsIsChecked() {
    long records =
        CLASSES.stream().filter(c -> c.getSimpleName().equals("Options") && c.isRecord()).count();
    assertEquals(records, options().size());
  }

  @Test
  void everyMethodOfOptionsChangesWhatItNames() throws ReflectiveOperationException {
    for (Record options : options()) {
      RecordComponent[] components = options.getClass().getRecordComponents();
      for (RecordComponent component : components) {
        if (isFree(options, component)) {
          Object other = other(component.getAccessor().invoke(options));
          Object changed = with(options, component, other);
          for (RecordComponent each : components) {
            Object expected =
                each.equals(component) ? other : follows(component, each, options, other);
            String what = options.getClass().getName() + "." + component.getName();
            assertEquals(
                expected, each.getAccessor().invoke(changed), what + ": " + each.getName());
          }
        }
      }
    }
  }

  /// Nesterov needs momentum, which is claimed elsewhere.
  private static boolean isFree(Record options, RecordComponent component) {
    return !(options instanceof SGD.Options && component.getName().equals("nesterov"));
  }

  /// What a component is after another one has changed: the same, but for two pairs.
  private static Object follows(
      RecordComponent changed, RecordComponent each, Record options, Object other)
      throws ReflectiveOperationException {
    return switch (changed.getName() + " " + each.getName()) {
      case "maxIter maxEval" -> (int) other + (int) other / 4;
      case "stepSizeUp stepSizeDown" -> other;
      default -> each.getAccessor().invoke(options);
    };
  }

  private static Object with(Record options, RecordComponent component, Object value)
      throws ReflectiveOperationException {
    return options
        .getClass()
        .getMethod(component.getName(), component.getType())
        .invoke(options, value);
  }

  private static Object other(Object value) {
    return switch (value) {
      case Boolean flag -> !flag;
      case Integer count -> count + 3;
      case Long seed -> seed + 3;
      case Double number when number > 1 -> number * 1.5;
      case Double number -> number == 1 ? 0.75 : number == 0 ? 0.25 : number * 0.5;
      case Annealing annealing -> Annealing.LINEAR;
      case CyclicLR.Mode mode -> CyclicLR.Mode.EXP_RANGE;
      default -> throw new AssertionError(value);
    };
  }

  @Test
  void momentumIsBeta1WhereThereAreBetas() {
    Adam.Options adam = Adam.Options.defaults().momentum(0.5);
    assertEquals(0.5, adam.beta1());
    assertEquals(0.5, adam.momentum());
    assertNotEquals(0.5, adam.beta2());
    assertEquals(
        List.of(0.1, 0.2), List.of(adam.betas(0.1, 0.2).beta1(), adam.betas(0.1, 0.2).beta2()));
  }

  @Test
  void theMethodsThatHaveAMomentumAreThese() {
    Set<String> with =
        CLASSES.stream()
            .filter(c -> c.isRecord() && c.isAssignableTo(MomentumOptions.class))
            .map(c -> c.getEnclosingClass().orElseThrow().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        new TreeSet<>(
            Arrays.asList("SGD", "RMSprop", "Adam", "AdamW", "NAdam", "RAdam", "Adamax", "Lion")),
        with);
  }
}

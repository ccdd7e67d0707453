package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.below;
import static org.wengert.nn.Sample.normal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.LayerCatalogue.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The catalogue's modules that are made of others.
final class ContainerEntries {
  private ContainerEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        sequential(),
        named(),
        moduleList(),
        moduleDict(),
        parameterList(),
        parameterDict(),
        parametrized());
  }

  private static final String WRONG = "expects 3 features in the last axis, got shape (2, 4)";

  private static Entry<?> sequential() {
    return entry(
            r -> new Sequential(new Linear(3, 4, r), new Tanh(), new Linear(4, 2, r)),
            """
            Sequential(
              (0): Linear(in=3, out=4, bias=true)
              (1): Tanh()
              (2): Linear(in=4, out=2, bias=true)
            )""",
            normal(2, 3))
        .refuses(WRONG, normal(2, 4));
  }

  private static Entry<?> named() {
    return entry(
            r -> {
              SequencedMap<String, Layer> layers = new LinkedHashMap<>();
              layers.put("fc", new Linear(3, 2, r));
              layers.put("act", new Tanh());
              return new Sequential(layers);
            },
            """
            Sequential(
              (fc): Linear(in=3, out=2, bias=true)
              (act): Tanh()
            )""",
            normal(2, 3))
        .refuses(WRONG, normal(2, 4));
  }

  private static Entry<?> moduleList() {
    return entry(
            r -> new ModuleList<>(new Linear(3, 3, r), new Linear(3, 2, r)),
            """
            ModuleList(
              (0): Linear(in=3, out=3, bias=true)
              (1): Linear(in=3, out=2, bias=true)
            )""",
            normal(2, 3))
        .called((list, xs) -> list.get(1).forward(list.get(0).forward(xs.getFirst()).tanh()))
        .refuses(WRONG, normal(2, 4));
  }

  private static Entry<?> moduleDict() {
    return entry(
            r -> {
              ModuleDict<Linear> dict = new ModuleDict<>();
              dict.put("mean", new Linear(3, 2, r));
              dict.put("deviation", new Linear(3, 2, r));
              return dict;
            },
            """
            ModuleDict(
              (mean): Linear(in=3, out=2, bias=true)
              (deviation): Linear(in=3, out=2, bias=true)
            )""",
            normal(2, 3))
        .called(ContainerEntries::heads)
        .refuses(WRONG, normal(2, 4));
  }

  private static Variable heads(ModuleDict<Linear> dict, List<Variable> xs) {
    Variable x = xs.getFirst();
    return dict.get("mean").forward(x).mul(dict.get("deviation").forward(x).exp());
  }

  private static Parameter parameter(RandomGenerator random) {
    return new Parameter(Tensor.randn(Shape.SCALAR, DType.FLOAT32, random));
  }

  private static Entry<?> parameterList() {
    return entry(
            r -> new ParameterList(parameter(r), parameter(r)),
            """
            ParameterList(
              (0): Parameter () FLOAT32
              (1): Parameter () FLOAT32
            )""",
            below(5, 2, 3))
        .called((list, xs) -> xs.getFirst().mul(list.get(0)).add(list.get(1)).tanh())
        .elementwise();
  }

  private static Entry<?> parameterDict() {
    return entry(
            r -> {
              ParameterDict dict = new ParameterDict();
              dict.put("scale", parameter(r));
              dict.put("shift", parameter(r));
              return dict;
            },
            """
            ParameterDict(
              (scale): Parameter () FLOAT32
              (shift): Parameter () FLOAT32
            )""",
            below(5, 2, 3))
        .called((dict, xs) -> xs.getFirst().mul(dict.get("scale")).add(dict.get("shift")).tanh())
        .elementwise();
  }

  private static Entry<?> parametrized() {
    return entry(
            r -> Parametrizations.weightNorm(new Linear(3, 2, r)),
            """
            Linear(in=3, out=2, bias=true
              (parametrizations.weight): Parametrization(
                (original0): Parameter (2, 1) FLOAT32
                (original1): Parameter (2, 3) FLOAT32
                (0): WeightNorm(axis=0)
              )
            )""",
            normal(2, 3))
        .refuses(WRONG, normal(2, 4));
  }
}

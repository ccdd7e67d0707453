package org.wengert.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.DType;

/// Runs the Python of the golden cases, with Wengert's functions in the place of torch's.
///
/// Values are `Variable`, `Long`, `Double`, `Boolean`, `String`, `List`, `DType` and null for
/// `None`. Holds the variables of one run.
public final class Interpreter {
  private final OperatorTable operators;
  private final Map<String, @Nullable Object> variables;

  private Interpreter(OperatorTable operators, Map<String, ? extends @Nullable Object> variables) {
    this.operators = operators;
    this.variables = new LinkedHashMap<>(variables);
  }

  /// What the program returns, or the value of its last line.
  public static @Nullable Object run(
      String source, OperatorTable operators, Map<String, ? extends @Nullable Object> variables) {
    Interpreter interpreter = new Interpreter(operators, variables);
    Result result = interpreter.runAll(Parser.parse(source));
    return result.value;
  }

  /// The value of the last line, and whether it was a `return`.
  private record Result(@Nullable Object value, boolean returned) {
    private static final Result NOTHING = new Result(null, false);
  }

  private Result runAll(List<Statement> statements) {
    Result last = Result.NOTHING;
    for (Statement statement : statements) {
      last = run(statement);
      if (last.returned) {
        return last;
      }
    }
    return last;
  }

  private Result run(Statement statement) {
    return switch (statement) {
      case Statement.Evaluate line -> new Result(value(line.value()), false);
      case Statement.Return line -> new Result(value(line.value()), true);
      case Statement.If choice ->
          runAll(isTrue(value(choice.condition())) ? choice.yes() : choice.no());
      case Statement.For loop -> repeat(loop);
      case Statement.Assign assignment -> assign(assignment);
    };
  }

  private Result repeat(Statement.For loop) {
    for (Object item : list(value(loop.values()))) {
      variables.put(loop.name(), item);
      Result result = runAll(loop.body());
      if (result.returned) {
        return result;
      }
    }
    return Result.NOTHING;
  }

  private Result assign(Statement.Assign assignment) {
    Object value = value(assignment.value());
    List<String> names = assignment.names();
    if (names.size() == 1) {
      variables.put(names.getFirst(), value);
      return Result.NOTHING;
    }
    List<?> items = list(value);
    for (int i = 0; i < names.size(); i++) {
      variables.put(names.get(i), items.get(i));
    }
    return Result.NOTHING;
  }

  private @Nullable Object value(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> variable(name.name());
      case Expression.Sequence sequence -> values(sequence.items());
      case Expression.Call call -> call(call);
      case Expression.Attribute attribute -> type(attribute);
      case Expression.Subscript at -> subscript(value(at.of()), value(at.index()));
      case Expression.Range range ->
          new Stride(bound(range.from()), bound(range.to()), bound(range.step()));
      case Expression.Unary unary -> Signs.unary(operators, unary.sign(), value(unary.x()));
      case Expression.Binary binary ->
          Signs.binary(operators, binary.sign(), value(binary.a()), value(binary.b()));
      case Expression.Conditional choice ->
          value(isTrue(value(choice.condition())) ? choice.yes() : choice.no());
    };
  }

  private @Nullable Long bound(@Nullable Expression expression) {
    return expression == null ? null : (Long) value(expression);
  }

  private List<@Nullable Object> values(List<Expression> expressions) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(value(expression));
    }
    return values;
  }

  private @Nullable Object variable(String name) {
    if (!variables.containsKey(name)) {
      throw new IllegalArgumentException("no variable " + name);
    }
    return variables.get(name);
  }

  /// `torch.float64` and the like.
  private static DType type(Expression.Attribute attribute) {
    for (DType type : DType.values()) {
      if (isTorch(attribute.of()) && GoldenTensor.name(type).equals(attribute.name())) {
        return type;
      }
    }
    throw new MissingOperatorException(attribute.name());
  }

  private static boolean isTorch(Expression expression) {
    return expression instanceof Expression.Name name && name.name().equals("torch");
  }

  private @Nullable Object call(Expression.Call call) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    call.named().forEach((name, value) -> named.put(name, value(value)));
    List<@Nullable Object> positional = values(call.positional());
    return switch (call.callee()) {
      case Expression.Name function -> builtin(function.name(), positional.getFirst());
      case Expression.Attribute function when isTorch(function.of()) ->
          operators.call(function.name(), new Arguments(positional, named));
      case Expression.Attribute method -> method(method, positional, named);
      default -> throw new IllegalArgumentException("cannot call " + call.callee());
    };
  }

  /// `x.f(..)` is `torch.f(x, ..)`, except for a list's `append`.
  private @Nullable Object method(
      Expression.Attribute method,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    Object receiver = value(method.of());
    if (receiver instanceof List<?> && method.name().equals("append")) {
      @SuppressWarnings("unchecked") // every list was made here, of any objects
      List<@Nullable Object> items = (List<@Nullable Object>) receiver;
      items.add(positional.getFirst());
      return null;
    }
    positional.addFirst(receiver);
    return operators.call(method.name(), new Arguments(positional, named));
  }

  private static Object builtin(String function, @Nullable Object argument) {
    return switch (function) {
      case "float" -> Signs.toDouble(argument);
      case "int" -> (long) Signs.toDouble(argument);
      case "len" -> (long) list(argument).size();
      case "range" -> upTo((Long) argument);
      default -> throw new IllegalArgumentException("no function " + function);
    };
  }

  private static List<Object> upTo(long count) {
    List<Object> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private @Nullable Object subscript(@Nullable Object of, @Nullable Object index) {
    if (of instanceof List<?> items) {
      int at = Math.toIntExact((Long) index);
      return items.get(at < 0 ? at + items.size() : at);
    }
    List<@Nullable Object> indices = new ArrayList<>();
    if (index instanceof List<?> several) {
      indices.addAll(several);
    } else {
      indices.add(index);
    }
    return Subscripts.of((Variable) of, indices, operators);
  }

  private static boolean isTrue(@Nullable Object value) {
    return (Boolean) value;
  }

  static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> items) {
      return items;
    }
    throw new IllegalArgumentException("not a list: " + value);
  }
}

package org.wengert.backend;

import java.util.List;
import org.wengert.backend.Program.Instruction;

/// Computes a [Program] value by value: the specification of what its loops compute, obviously
/// right and a thousand times slower. Values are kept as the bits of a `double` or `float`, a whole
/// number, or 0 and 1.
final class Interpreter {
  private Interpreter() {}

  /// The outputs of expressions for one element of each input, in the width of `element`.
  ///
  /// @param inputs numbers, or 0 and 1 for truths
  /// @return numbers, or 0 and 1 for truths
  static double[] run(List<Expr> outputs, Element element, double[] inputs, double... scalars) {
    Program program = Program.of(outputs, element);
    List<Instruction> all = program.instructions();
    long[] values = new long[all.size()];
    for (int k = 0; k < values.length; k++) {
      Instruction i = all.get(k);
      values[k] =
          switch (i.op()) {
            case INPUT, HELD ->
                i.kind() == Expr.Kind.TRUTH
                    ? (long) inputs[(int) i.payload()]
                    : pack(element, inputs[(int) i.payload()]);
            case SCALAR -> pack(element, scalars[(int) i.payload()]);
            default -> value(element, i, values);
          };
    }
    double[] results = new double[outputs.size()];
    for (int k = 0; k < results.length; k++) {
      long value = values[program.outputs().get(k)];
      results[k] = program.outputKind(k) == Expr.Kind.TRUTH ? value : unpack(element, value);
    }
    return results;
  }

  private static long pack(Element element, double value) {
    return element == Element.FLOAT
        ? Float.floatToRawIntBits((float) value)
        : Double.doubleToRawLongBits(value);
  }

  private static double unpack(Element element, long bits) {
    return element == Element.FLOAT
        ? Float.intBitsToFloat((int) bits)
        : Double.longBitsToDouble(bits);
  }

  private static long value(Element element, Instruction i, long[] values) {
    long a = i.a() < 0 ? 0 : values[i.a()];
    long b = i.b() < 0 ? 0 : values[i.b()];
    long c = i.c() < 0 ? 0 : values[i.c()];
    double x = unpack(element, a);
    double y = unpack(element, b);
    return switch (i.op()) {
      case INPUT, HELD, SCALAR -> throw new IllegalStateException();
      case CONSTANT ->
          i.kind() == Expr.Kind.REAL
              ? pack(element, Double.longBitsToDouble(i.payload()))
              : narrow(element, i.payload());
      case ADD -> i.kind() == Expr.Kind.WHOLE ? narrow(element, a + b) : pack(element, x + y);
      case SUB -> i.kind() == Expr.Kind.WHOLE ? narrow(element, a - b) : pack(element, x - y);
      case MUL -> pack(element, x * y);
      case DIV -> pack(element, x / y);
      case FMA -> fma(element, x, y, unpack(element, c));
      case NEG -> pack(element, -x);
      case ABS -> pack(element, Math.abs(x));
      case SQRT -> pack(element, Math.sqrt(x));
      case MIN -> pack(element, Math.min(x, y));
      case MAX -> pack(element, Math.max(x, y));
      case LT -> x < y ? 1 : 0;
      case LE -> x <= y ? 1 : 0;
      case EQ -> x == y ? 1 : 0;
      case NE -> x != y ? 1 : 0;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> 1 - a;
      case SELECT -> a != 0 ? b : c;
      case BITS, FROM_BITS -> a;
      case SHL -> narrow(element, a << i.payload());
      case SHR -> a >> i.payload();
      case CALL -> pack(element, Fn.call((int) i.payload(), x));
      case CALL_WHERE -> a != 0 ? pack(element, Fn.call((int) i.payload(), y)) : c;
    };
  }

  private static long narrow(Element element, long value) {
    return element == Element.FLOAT ? (int) value : value;
  }

  private static long fma(Element element, double x, double y, double z) {
    return element == Element.FLOAT
        ? pack(element, Math.fma((float) x, (float) y, (float) z))
        : pack(element, Math.fma(x, y, z));
  }
}

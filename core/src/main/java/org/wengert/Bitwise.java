package org.wengert;

import org.wengert.backend.Backends;
import org.wengert.backend.LongFunction2;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of two integers or booleans that work on their bits. No [Op]: such operands never
/// have gradients, so there is nothing to record.
enum Bitwise {
  BITWISE_AND((a, b) -> a & b),
  BITWISE_OR((a, b) -> a | b),
  BITWISE_XOR((a, b) -> a ^ b),
  BITWISE_LEFT_SHIFT((a, b) -> b < 0 || b > 63 ? 0 : a << b),
  BITWISE_RIGHT_SHIFT((a, b) -> a >> (b < 0 || b > 63 ? 63 : b));

  private final LongFunction2 function;

  Bitwise(LongFunction2 function) {
    this.function = function;
  }

  Constant apply(Variable a, Variable b) {
    try {
      Shape y = Shape.broadcast(a.shape(), b.shape());
      Tensor bits = Backends.current().zipLongs(function, a.value, b.value, y, type(a, b));
      Constant result = new Constant(bits);
      if (Watch.isAny()) {
        Trace.note(this, result, a, b);
      }
      return result;
    } catch (WengertException e) {
      e.during(Labels.camelCase(this));
      e.operand("input 0", a.name(), a.shape() + " " + a.dtype());
      e.operand("input 1", b.name(), b.shape() + " " + b.dtype());
      throw e;
    }
  }

  private static DType type(Variable a, Variable b) {
    DType type = DType.promote(a.value, b.value);
    if (type.isFloating()) {
      throw new DTypeException("floating numbers of type " + type + " have no bits to work on")
          .hint("convert with to(INT64)");
    }
    return type;
  }
}
